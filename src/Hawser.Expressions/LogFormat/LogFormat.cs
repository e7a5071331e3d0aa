using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.LogFormat;

/// <summary>A compiled log-format (manual, section 8.2.6). Immutable, shared by all loops.</summary>
public sealed class LogFormat
{
    private readonly LogFormatItem[] _items;
    private readonly LogFormatFlags _objectEncoding;
    private readonly LogFormatUse _use;

    internal LogFormat(LogFormatItem[] items, LogFormatFlags objectEncoding, AvailableFrom availableFrom, LogFormatUse use)
    {
        _items = items;
        _objectEncoding = objectEncoding;
        _use = use;
        AvailableFrom = availableFrom;
    }

    /// <summary>The step at which all of its values are final: when the line is to be sent.</summary>
    public AvailableFrom AvailableFrom { get; }

    /// <summary>Shows what the kernel only tells of open connections.</summary>
    public bool ReadsConnection { get; internal init; }

    /// <summary>Whether all of its expressions have values in a place.</summary>
    public bool IsFor(FetchContexts place) =>
        Array.TrueForAll(_items, item => item.Expression is not { } expression || (expression.Row.Contexts & place) != 0);

    /// <summary>
    /// Whether there is nothing to write, ever (the text was empty, or only flags): the proxy then logs as if it had
    /// no format.
    /// </summary>
    public bool IsEmpty => _items.Length == 0;

    /// <summary>Writes one line, without line feed. Never overruns the destination; never allocates.</summary>
    /// <returns>Bytes written; the line was cut off when it did not fit.</returns>
    public int Write(SampleSource source, Span<byte> destination)
    {
        LogFormatWriter writer = new(destination, _use);
        if ((_objectEncoding & LogFormatFlags.Cbor) != 0) WriteCborObject(source, ref writer);
        else if ((_objectEncoding & LogFormatFlags.Json) != 0) WriteJsonObject(source, ref writer);
        else WriteLine(source, ref writer);
        return writer.Length;
    }

    private void WriteLine(SampleSource source, ref LogFormatWriter writer)
    {
        foreach (ref readonly LogFormatItem item in _items.AsSpan())
        {
            if (item.Kind == LogFormatItemKind.Literal) writer.WriteLiteral(item.Text);
            else if (item.Kind == LogFormatItemKind.Separator) writer.WriteSeparator();
            else WriteValue(in item, source, ref writer);
            if (writer.IsFull) return;
        }
    }

    /// <summary>Only the named items, as the members of one object.</summary>
    private void WriteJsonObject(SampleSource source, ref LogFormatWriter writer)
    {
        bool isFirst = true;
        writer.WriteLiteral("{"u8);
        foreach (ref readonly LogFormatItem item in _items.AsSpan())
        {
            if (item.Kind is LogFormatItemKind.Literal or LogFormatItemKind.Separator || item.Text.Length == 0) continue;
            writer.WriteLiteral(isFirst ? "\""u8 : ", \""u8);
            writer.WriteLiteral(item.Text);
            writer.WriteLiteral("\": "u8);
            WriteValue(in item, source, ref writer);
            isFirst = false;
            if (writer.IsFull) return;
        }

        writer.WriteLiteral("}"u8);
    }

    /// <summary>As <see cref="WriteJsonObject"/>, in a map whose end is marked.</summary>
    private void WriteCborObject(SampleSource source, ref LogFormatWriter writer)
    {
        writer.Flags = _objectEncoding;
        writer.WriteCborMark(CborMark.Map);
        foreach (ref readonly LogFormatItem item in _items.AsSpan())
        {
            if (item.Kind is LogFormatItemKind.Literal or LogFormatItemKind.Separator || item.Text.Length == 0) continue;
            writer.Flags = _objectEncoding;
            writer.WriteText(item.Text);
            WriteValue(in item, source, ref writer);
            if (writer.IsFull) return;
        }

        writer.Flags = _objectEncoding;
        writer.WriteCborMark(CborMark.End);
    }

    private static void WriteValue(in LogFormatItem item, SampleSource source, ref LogFormatWriter writer)
    {
        writer.Flags = item.Flags;
        writer.Type = item.Type;
        if (item.Alias is not null)
        {
            item.Alias.Evaluate(source, ref writer);
            return;
        }

        Sample sample = default;
        bool isEncoded = (item.Flags & (LogFormatFlags.Json | LogFormatFlags.Cbor)) != 0;
        bool hasValue = item.Expression!.TryEvaluate(source, ref sample)
            && (!isEncoded || SampleCasts.TryCast(ref sample, TypeOf(item.Type), source.Scratch));
        if (!hasValue) writer.WriteMissingSample();
        else if (isEncoded && item.Type == ForcedType.Raw) writer.WriteLiteral(sample.Bytes);
        else writer.WriteSample(in sample);
    }

    /// <summary>What a sample becomes before it is encoded.</summary>
    private static SampleType TypeOf(ForcedType type) => type switch
    {
        ForcedType.String => SampleType.String,
        ForcedType.Integer => SampleType.Integer,
        ForcedType.Boolean => SampleType.Boolean,
        ForcedType.Raw => SampleType.Binary,
        _ => SampleType.Any,
    };
}
