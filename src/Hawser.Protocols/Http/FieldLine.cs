namespace Hawser.Protocols.Http;

/// <summary>One header field of a message: where its name and its value lie.</summary>
public struct FieldLine
{
    public TextSpan Name;
    public TextSpan Value;
    public FieldName KnownName;

    /// <summary>Not to be written: a rule or the protocol took it out. Its place in the order stays.</summary>
    public bool IsRemoved;

    /// <summary>
    /// The bytes in the block are "name: value CR LF" in one piece: they can be written together with their neighbours'.
    /// </summary>
    public bool IsCanonical;
}
