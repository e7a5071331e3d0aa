using System.Text;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Patterns;

/// <summary>One pattern of a list, with its value when the list is a map.</summary>
/// <param name="order">Its place in the list: of several that match, most methods take the first.</param>
/// <param name="text">As written.</param>
/// <param name="valueText">As written; null when the list is no map.</param>
public class PatternEntry(long order, byte[] text, string? valueText)
{
    private volatile StoredSample? _value;

    public long Order => order;

    public byte[] Text => text;

    public string? ValueText { get; internal set; } = valueText;

    /// <summary>The value in the map's output type; replaced as a whole when it changes.</summary>
    public StoredSample? Value
    {
        get => _value;
        internal set => _value = value;
    }

    /// <summary>What else this index keeps about it: a compiled regex, a range.</summary>
    internal object? Compiled { get; set; }

    /// <summary>Null when it is no regular expression.</summary>
    public Regex? Regex => Compiled as Regex;
}

/// <summary>
/// A line of a list, as written, which is also its entry in the list's first index: of a million lines few lists have
/// more than one.
/// </summary>
/// <param name="order">Grows from line to line; never used twice in a list.</param>
/// <param name="fileLine">Where it stands in the file; 0 when it does not.</param>
public sealed class PatternLine(long order, byte[] text, string? valueText, int fileLine) : PatternEntry(order, text, valueText)
{
    public int FileLine => fileLine;

    public string Key => Encoding.UTF8.GetString(Text);

    /// <summary>It is in its list no more, and its place there waits to be cleared.</summary>
    internal bool IsRemoved { get; set; }
}
