namespace Hawser.Config.Diagnostics;

/// <summary>
/// The stable codes. 1xxx: the text of a line; 2xxx: a keyword and its arguments; 3xxx: the configuration as a whole;
/// 4xxx: older spellings and settings without meaning here; 5xxx: known, but not there yet.
/// </summary>
public static class DiagnosticCodes
{
    // Text.
    public const string BadText = "HWS1001";
    public const string BadDirective = "HWS1010";
    public const string BadCondition = "HWS1011";
    public const string UserMessage = "HWS1020";

    // Keywords.
    /// <summary>The first word of a line is no keyword of its section.</summary>
    public const string UnknownKeyword = "HWS2001";

    /// <summary>A word of a bind or server line is no option.</summary>
    public const string UnknownOption = "HWS2002";
    public const string OutOfSection = "HWS2003";
    public const string NotInThisSection = "HWS2004";
    public const string NotNegatable = "HWS2005";
    public const string MissingArgument = "HWS2010";
    public const string UnexpectedArgument = "HWS2011";
    public const string BadNumber = "HWS2012";
    public const string OutOfRange = "HWS2013";
    public const string BadTime = "HWS2014";
    public const string BadSize = "HWS2015";
    public const string BadChoice = "HWS2016";
    public const string BadAddress = "HWS2017";
    public const string BadName = "HWS2018";
    public const string Conflict = "HWS2019";
    public const string Overwritten = "HWS2020";
    public const string BadSectionLine = "HWS2030";
    public const string BadLogging = "HWS2050";

    // The whole.
    public const string DuplicateProxy = "HWS3001";
    public const string DuplicateServer = "HWS3002";
    public const string DuplicateId = "HWS3003";
    public const string UnknownDefaults = "HWS3004";
    public const string UnknownBackend = "HWS3005";
    public const string IncompatibleBackend = "HWS3006";
    public const string MissingTimeouts = "HWS3007";
    public const string NoBind = "HWS3008";
    public const string BadTracking = "HWS3009";
    public const string NeedsHttpMode = "HWS3010";
    public const string NoCheckPort = "HWS3011";
    public const string NoGlobalLog = "HWS3012";
    public const string IgnoredForThisSide = "HWS3013";
    public const string UnresolvedAddress = "HWS3014";
    public const string UnknownThread = "HWS3015";
    public const string UnknownUser = "HWS3016";
    public const string DuplicateSection = "HWS3017";
    public const string SuspiciousTime = "HWS3018";
    public const string NeedsRetries = "HWS3019";
    public const string RuleOrder = "HWS3020";
    public const string UnknownServer = "HWS3021";
    public const string UnknownName = "HWS3022";
    public const string UnreadableFile = "HWS3023";

    // Older spellings and settings without meaning here.
    public const string Legacy = "HWS4001";
    public const string WithoutEffect = "HWS4002";
    public const string Removed = "HWS4003";
    public const string Deprecated = "HWS4004";

    // Not there yet.
    public const string NotImplemented = "HWS5001";
    public const string SectionNotImplemented = "HWS5002";
    public const string ModeNotImplemented = "HWS5003";

    /// <summary>Known, and not there yet: the file itself is not at fault.</summary>
    public static bool IsNotThereYet(string code) => code.StartsWith("HWS5", System.StringComparison.Ordinal);
}
