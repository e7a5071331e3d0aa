using System.Linq;

namespace Hawser.Config.Syntax;

/// <summary>
/// A condition as it stands on the command line, after <c>-cc</c>: quotes, escapes and variables as on a line of a file,
/// which a condition after <c>.if</c> has behind it; there is no comment.
/// </summary>
public static class ConditionText
{
    private const string Place = "-cc";

    public static ConditionResult Evaluate(string text, ConditionFacts facts)
    {
        Lexer lexer = new(facts.Variables) { HasComments = false };
        LexerError error = lexer.Read(new LineText(Place, 1, ConfigText.Encode(text), HasLineFeed: true));
        return error == LexerError.None
            ? ConditionEvaluator.Evaluate(string.Join(' ', lexer.Words.Select(static word => word.Text)), facts)
            : new ConditionResult(ConditionOutcome.Error, StatementReader.Describe(error, lexer.Words), lexer.ErrorColumn - 1);
    }
}
