using System;
using Hawser.Base.Assertions;

namespace Hawser.Protocols.Http;

/// <summary>
/// The head of one request or response: an index over the bytes as they were received, which stay where they are in
/// the block. Nothing is copied to read it. What rules add lies in the same block, in the arena between what was
/// received and the block's end; what they take out is marked. The object is used again for the next message: after
/// warm-up nothing is allocated.
/// </summary>
public sealed unsafe class HttpMessage
{
    private readonly FieldLine[] _fields;
    private int _arenaStart;

    /// <param name="fieldsMaximum">"tune.http.maxhdr": header fields that one message may have, its added ones included.</param>
    public HttpMessage(int fieldsMaximum) => _fields = new FieldLine[fieldsMaximum];

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

    /// <summary>Length of the head as received, with its empty line: where the body begins.</summary>
    public int HeadBytes;

    public int FieldCount { get; private set; }

    public bool HasRoomForField => FieldCount < _fields.Length;

    public ref FieldLine Field(int index)
    {
        Check.That((uint)index < (uint)FieldCount, "the field exists");
        return ref _fields[index];
    }

    /// <summary>Forgets everything and waits for a message in the block.</summary>
    /// <param name="block">Stays valid and unmoved until the next call.</param>
    /// <param name="blockBytes">Its size: the arena grows down from its end.</param>
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
        HeadBytes = 0;
        FieldCount = 0;
        _arenaStart = blockBytes;
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

    /// <summary>Adds a field at the end.</summary>
    /// <param name="name">As it is to be written.</param>
    /// <param name="used">Bytes at the block's beginning that must stay: what was received.</param>
    /// <returns>False when there is no room, in the block or in the index; nothing has changed then.</returns>
    public bool TryAdd(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int used)
    {
        int needed = name.Length + value.Length + 4;
        if (!HasRoomForField || _arenaStart - needed < used) return false;
        _arenaStart -= needed;
        Span<byte> line = new(Block + _arenaStart, needed);
        name.CopyTo(line);
        ": "u8.CopyTo(line[name.Length..]);
        value.CopyTo(line[(name.Length + 2)..]);
        "\r\n"u8.CopyTo(line[(needed - 2)..]);
        Append(new FieldLine
        {
            Name = new TextSpan(_arenaStart, name.Length),
            Value = new TextSpan(_arenaStart + name.Length + 2, value.Length),
            KnownName = FieldNames.Find(name),
            IsCanonical = true,
        });
        return true;
    }

    /// <summary>Puts a text into the arena, for a start line or a value that a rule replaces.</summary>
    /// <returns>False when there is no room.</returns>
    public bool TryStore(ReadOnlySpan<byte> text, int used, out TextSpan stored)
    {
        stored = default;
        if (_arenaStart - text.Length < used) return false;
        _arenaStart -= text.Length;
        text.CopyTo(new Span<byte>(Block + _arenaStart, text.Length));
        stored = new TextSpan(_arenaStart, text.Length);
        return true;
    }
}
