namespace Hawser.Conformance.Commands;

/// <summary>What the program ends with.</summary>
internal static class ExitStatus
{
    /// <summary>Every listed pass has passed, or what is needed is not there and that was said.</summary>
    public const int Kept = 0;

    /// <summary>A test that the list calls a pass did not pass, or is not in the checkout.</summary>
    public const int Broken = 1;

    /// <summary>The command line makes no sense, or a path that it names does not exist.</summary>
    public const int Unusable = 2;
}
