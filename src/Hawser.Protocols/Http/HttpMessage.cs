using System;
using Hawser.Base.Assertions;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Protocols.Http;

/// <summary>
/// The head of one request or response: an index over the bytes as they were received, which stay where they are in
/// the block. Nothing is copied to read it. What rules add lies in the same block, in the arena between what was
/// received and the block's end; what they take out is marked. The object is used again for the next message: after
/// warm-up nothing is allocated.
/// </summary>
public sealed unsafe class HttpMessage
{
    private const int StartLineBytes = 20;

    /// <summary>Fields that rules may add to a message that came with as many as it may have.</summary>
    private const int AddedFields = 64;

    private readonly FieldLine[] _fields;
    private readonly int _receivedMaximum;
    private int _arenaStart;

    /// <param name="fieldsMaximum">Header fields that a message may come with.</param>
    public HttpMessage(int fieldsMaximum)
    {
        _receivedMaximum = fieldsMaximum;
        _fields = new FieldLine[fieldsMaximum + AddedFields];
    }

    /// <summary>Where the message lies.</summary>
    public byte* Block { get; private set; }

    public bool IsRequest { get; private set; }

    public HttpMethod Method;
    public TextSpan MethodText;
    public TextSpan Target;

    /// <summary>The target is "scheme://authority" and nothing more: its path is "/", written when it is passed on.</summary>
    public bool IsPathMissing;

    /// <summary>0 to 65535; without relaxed parsing 0 to 999.</summary>
    public int Status;
    public TextSpan StatusText;
    public TextSpan Reason;

    public HttpVersion Version;

    /// <summary>As it was received; empty when it was not ("GET /").</summary>
    public TextSpan VersionText;

    /// <summary>The bytes of the start line can be written as they are.</summary>
    public bool IsStartLineCanonical;
    public TextSpan StartLine;

    public BodyFraming Framing;

    /// <summary>Bytes of the body, with <see cref="BodyFraming.Length"/>.</summary>
    public ulong ContentLength;

    public ConnectionOptions Connection;

    /// <summary>
    /// Sender and receiver could disagree about the body's end ("Content-Length" beside "Transfer-Encoding", or the
    /// latter in HTTP/1.0): the connection is not used again.
    /// </summary>
    public bool IsFramingDoubtful;

    /// <summary>
    /// A rule has touched "Connection", "Content-Length" or "Transfer-Encoding": what the message says of itself has to be
    /// looked at again before it is written.
    /// </summary>
    public bool AreProtocolFieldsChanged;

    /// <summary>The first byte that only relaxed parsing lets pass, in the block; -1: none.</summary>
    public int ToleratedAt;

    /// <summary>Length of the head as received, with its empty line: where the body begins.</summary>
    public int HeadBytes;

    /// <summary>
    /// Bytes at the block's beginning that must stay: what was received so far. Whoever receives more into the block
    /// says so here, and leaves the arena alone (<see cref="ArenaStart"/>).
    /// </summary>
    public int Used;

    /// <summary>Where the arena begins: what is received must end in front of it.</summary>
    public int ArenaStart => _arenaStart;

    public int FieldCount { get; private set; }

    /// <summary>One more may be received.</summary>
    public bool HasRoomForField => FieldCount < _receivedMaximum;

    public ref FieldLine Field(int index)
    {
        Check.That((uint)index < (uint)FieldCount, "the field exists");
        return ref _fields[index];
    }

    /// <summary>Forgets everything and waits for a message in the block.</summary>
    /// <param name="block">Stays valid and unmoved until the next call.</param>
    /// <param name="blockBytes">What of it the arena may use: it grows down from there.</param>
    public void Begin(byte* block, int blockBytes, bool isRequest)
    {
        Block = block;
        IsRequest = isRequest;
        Method = HttpMethod.Other;
        MethodText = default;
        Target = default;
        IsPathMissing = false;
        Status = 0;
        StatusText = default;
        Reason = default;
        Version = HttpVersion.Http10;
        VersionText = default;
        IsStartLineCanonical = false;
        StartLine = default;
        Framing = BodyFraming.None;
        ContentLength = 0;
        Connection = ConnectionOptions.None;
        IsFramingDoubtful = false;
        AreProtocolFieldsChanged = false;
        ToleratedAt = -1;
        HeadBytes = 0;
        Used = 0;
        FieldCount = 0;
        _arenaStart = blockBytes;
    }

    /// <summary>Relaxed parsing lets a byte pass: the first one is remembered.</summary>
    internal void Tolerate(int at)
    {
        if (ToleratedAt < 0) ToleratedAt = at;
    }

    /// <summary>HAProxy writes all names in lower case, and so does every later version of HTTP.</summary>
    public void LowerNames()
    {
        for (int index = 0; index < FieldCount; index++)
        {
            TextSpan name = _fields[index].Name;
            for (int at = name.At; at < name.End; at++) Block[at] = Ascii.ToLower(Block[at]);
        }
    }

    /// <summary>One more field at the end; the caller has seen <see cref="HasRoomForField"/>.</summary>
    public void Append(in FieldLine line) => _fields[FieldCount++] = line;

    /// <summary>The first field of that name that is still there, from <paramref name="from"/> on; -1 without one.</summary>
    public int Find(FieldName name, int from = 0)
    {
        for (int index = from; index < FieldCount; index++)
        {
            if (_fields[index].KnownName == name && !_fields[index].IsRemoved) return index;
        }

        return -1;
    }

    /// <summary>As <see cref="Find(FieldName, int)"/>, for any name; case does not count.</summary>
    public int Find(ReadOnlySpan<byte> name, int from = 0)
    {
        FieldName known = FieldNames.Find(name);
        if (known != FieldName.Other) return Find(known, from);
        for (int index = from; index < FieldCount; index++)
        {
            ref FieldLine field = ref _fields[index];
            if (field.KnownName == FieldName.Other && !field.IsRemoved && Ascii.EqualsIgnoreCase(NameOf(index), name)) return index;
        }

        return -1;
    }

    public ReadOnlySpan<byte> NameOf(int index) => Field(index).Name.In(Block);

    public ReadOnlySpan<byte> ValueOf(int index) => Field(index).Value.In(Block);

    /// <summary>Takes every field of that name out.</summary>
    public void Remove(FieldName name)
    {
        for (int at = Find(name); at >= 0; at = Find(name, at + 1)) _fields[at].IsRemoved = true;
    }

    /// <inheritdoc cref="Remove(FieldName)"/>
    public void Remove(ReadOnlySpan<byte> name)
    {
        for (int at = Find(name); at >= 0; at = Find(name, at + 1)) _fields[at].IsRemoved = true;
    }

    /// <summary>Adds a field at the end.</summary>
    /// <param name="name">As it is to be written.</param>
    /// <returns>False when there is no room, in the block or in the index; nothing has changed then.</returns>
    public bool TryAdd(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (FieldCount >= _fields.Length || !TryStoreLine(name, value, out FieldLine line)) return false;
        Append(line);
        return true;
    }

    /// <summary>
    /// What HAProxy counts a head for, in logs and statistics, whatever its version and its line ends: the texts of its
    /// start line and fields, 20 bytes for the first and one for the end.
    /// </summary>
    public int AccountedBytes
    {
        get
        {
            int sum = StartLineBytes + 1 + (IsRequest ? MethodText.Length + Target.Length : StatusText.Length + Reason.Length)
                + VersionText.Length;
            for (int index = 0; index < FieldCount; index++)
            {
                ref FieldLine line = ref _fields[index];
                if (!line.IsRemoved) sum += line.Name.Length + line.Value.Length;
            }

            return sum;
        }
    }

    /// <summary>Gives a field another value; its name and its place stay.</summary>
    /// <returns>False when there is no room; nothing has changed then.</returns>
    public bool TrySetValue(int index, ReadOnlySpan<byte> value)
    {
        ref FieldLine field = ref Field(index);
        if (!TryStoreLine(field.Name.In(Block), value, out FieldLine line)) return false;
        field = line;
        return true;
    }

    /// <summary>Another method; no room: false, and nothing has changed.</summary>
    public bool TrySetMethod(ReadOnlySpan<byte> method)
    {
        if (!TryStore(method, out TextSpan stored)) return false;
        MethodText = stored;
        Method = HttpMethods.Find(method);
        IsStartLineCanonical = false;
        return true;
    }

    /// <summary>Another request target; no room: false, and nothing has changed.</summary>
    public bool TrySetTarget(ReadOnlySpan<byte> target)
    {
        if (!TryStore(target, out TextSpan stored)) return false;
        Target = stored;
        IsPathMissing = false;
        IsStartLineCanonical = false;
        return true;
    }

    /// <summary>Another status, 100 to 999; no room: false, and nothing has changed.</summary>
    /// <param name="reason">Empty: the usual one of that status.</param>
    public bool TrySetStatus(int status, ReadOnlySpan<byte> reason)
    {
        Span<byte> digits = [(byte)('0' + (status / 100)), (byte)('0' + (status / 10 % 10)), (byte)('0' + (status % 10))];
        int before = _arenaStart;
        if (!TryStore(digits, out TextSpan text)) return false;
        if (!TryStore(reason, out TextSpan phrase))
        {
            _arenaStart = before;
            return false;
        }

        Status = status;
        StatusText = text;
        Reason = phrase;
        IsStartLineCanonical = false;
        return true;
    }

    /// <summary>Puts a text into the arena, for a start line or a value that a rule replaces.</summary>
    /// <returns>False when there is no room.</returns>
    public bool TryStore(ReadOnlySpan<byte> text, out TextSpan stored)
    {
        stored = default;
        if (_arenaStart - text.Length < Used) return false;
        _arenaStart -= text.Length;
        text.CopyTo(new Span<byte>(Block + _arenaStart, text.Length));
        stored = new TextSpan(_arenaStart, text.Length);
        return true;
    }

    private bool TryStoreLine(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, out FieldLine stored)
    {
        stored = default;
        int needed = name.Length + value.Length + 4;
        if (_arenaStart - needed < Used) return false;
        _arenaStart -= needed;
        Span<byte> line = new(Block + _arenaStart, needed);
        name.CopyTo(line);
        ": "u8.CopyTo(line[name.Length..]);
        value.CopyTo(line[(name.Length + 2)..]);
        "\r\n"u8.CopyTo(line[(needed - 2)..]);
        stored = new FieldLine
        {
            Name = new TextSpan(_arenaStart, name.Length),
            Value = new TextSpan(_arenaStart + name.Length + 2, value.Length),
            KnownName = FieldNames.Find(name),
            IsCanonical = true,
        };
        return true;
    }
}
