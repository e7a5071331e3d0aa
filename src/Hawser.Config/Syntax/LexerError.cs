namespace Hawser.Config.Syntax;

/// <summary>Why a line could not be cut into words.</summary>
public enum LexerError
{
    None,
    StrayNul,
    UnmatchedQuote,
    UnmatchedBrace,
    ForbiddenVariableStart,
    InvalidHexadecimal,
    TooManyWords,
    MissingLineFeed,
    EmptyArgument,
}
