using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>
/// Holds the words of a line against a usage. When they do not fit, reports what was expected at the word that could
/// not be passed by any reading of the usage.
/// </summary>
internal sealed class UsageMatcher
{
    private const long MillisecondUs = 1000;

    private const AddressRules WithPort = AddressRules.StreamAllowed | AddressRules.DatagramAllowed
        | AddressRules.PortRequired | AddressRules.PortRangeAllowed | AddressRules.HostNameAllowed
        | AddressRules.UnixAllowed | AddressRules.FileDescriptorAllowed;

    private readonly IReadOnlyList<Word> _words;
    private readonly List<UsageNode> _expected = [];

    /// <summary>Of times that go on behind their unit, by their place.</summary>
    private readonly Dictionary<int, string> _warnings = [];
    private int _farthest;

    private UsageMatcher(IReadOnlyList<Word> words)
    {
        _words = words;
    }

    /// <summary>Takes the words that the usage covers; for a whole line, all of them.</summary>
    /// <param name="isWhole">True when nothing may be left over; false for an option amid others.</param>
    /// <param name="takes">False to leave the words where they are, for a parser that reads them.</param>
    /// <returns>False after a report.</returns>
    public static bool Check(UsageNode usage, LineCursor line, bool isWhole, bool takes = true)
    {
        UsageMatcher matcher = new(line.PeekRest());
        int end = 0;
        bool isMatch = matcher.Match(usage, 0, position =>
        {
            if (isWhole && position < matcher._words.Count) return matcher.Fail(position, null);
            end = position;
            return true;
        });
        if (isMatch)
        {
            for (int index = 0; takes && index < end; index++)
            {
                line.TryTake(out Word word);
                if (matcher._warnings.TryGetValue(index, out string? warning)) line.Warn(DiagnosticCodes.BadTime, word.Origin, warning);
            }
            return true;
        }
        matcher.Report(line);
        line.SkipRest();
        return false;
    }

    private bool Match(UsageNode node, int position, Func<int, bool> next)
    {
        switch (node)
        {
            case UsageNode.Literal literal:
                bool isThere = position < _words.Count && _words[position].Text == literal.Text;
                return isThere ? next(position + 1) : Fail(position, node);
            case UsageNode.Value value:
                bool fits = position < _words.Count && Fits(value, position) == ValueError.None;
                return fits ? next(position + 1) : Fail(position, node);
            case UsageNode.Sequence sequence:
                return MatchFrom(sequence.Items, 0, position, next);
            case UsageNode.Choice choice:
                foreach (UsageNode item in choice.Items)
                {
                    if (Match(item, position, next)) return true;
                }
                return false;
            case UsageNode.Optional optional:
                return Match(optional.Item, position, next) || next(position);
            case UsageNode.Repeat repeat:
                return MatchRepeat(repeat, position, 0, next);
            default:
                throw new InvalidOperationException("a usage has no other parts");
        }
    }

    private bool MatchFrom(IReadOnlyList<UsageNode> items, int index, int position, Func<int, bool> next) =>
        index == items.Count
            ? next(position)
            : Match(items[index], position, after => MatchFrom(items, index + 1, after, next));

    private bool MatchRepeat(UsageNode.Repeat repeat, int position, int count, Func<int, bool> next)
    {
        // A round that takes no word would be repeated for ever.
        bool isLonger = Match(repeat.Item, position,
            after => after > position && MatchRepeat(repeat, after, count + 1, next));
        return isLonger || (count >= repeat.Least && next(position));
    }

    private bool Fail(int position, UsageNode? expected)
    {
        if (position > _farthest)
        {
            _farthest = position;
            _expected.Clear();
        }
        if (position == _farthest && expected is not null && !_expected.Contains(expected)) _expected.Add(expected);
        return false;
    }

    private ValueError Fits(UsageNode.Value value, int position)
    {
        string text = _words[position].Text;
        long number = 0;
        ValueError error = ValueError.None;
        switch (value.Kind)
        {
            case UsageValueKind.Word:
                return ValueError.None;
            case UsageValueKind.Integer:
                error = NumberText.TryParse(text, out number) ? ValueError.None : ValueError.UnexpectedCharacter;
                break;
            case UsageValueKind.Size:
                error = SizeText.TryParse(text, out number, out _);
                break;
            case UsageValueKind.AddressAndPort:
                bool isAddress = text.Contains('$', StringComparison.Ordinal)
                    || AddressText.Parse(line: null, text, Origin.None, WithPort, out _, out bool isLater) is not null || isLater;
                return isAddress ? ValueError.None : ValueError.UnexpectedCharacter;
            case UsageValueKind.List:
                return IsList(text, value.Members) ? ValueError.None : ValueError.UnexpectedCharacter;
            case UsageValueKind.Hexadecimal:
                bool isHexadecimal = text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit);
                return isHexadecimal ? ValueError.None : ValueError.UnexpectedCharacter;
            case UsageValueKind.Time:
                error = TimeText.TryParse(text, MillisecondUs, out int milliseconds, out int end);
                number = milliseconds;
                if (error == ValueError.None && TimeText.WarningOf(text, end) is { } warning) _warnings[position] = warning;
                break;
        }
        if (error != ValueError.None) return error;
        return number < value.Min ? ValueError.Underflow : number > value.Max ? ValueError.Overflow : ValueError.None;
    }

    /// <summary>Commas inside parentheses belong to the member before them.</summary>
    private static bool IsList(string text, string[] members)
    {
        int start = 0;
        int depth = 0;
        for (int index = 0; index <= text.Length; index++)
        {
            char next = index < text.Length ? text[index] : ',';
            if (next == '(') depth++;
            else if (next == ')') depth--;
            if (next != ',' || (depth > 0 && index < text.Length)) continue;
            string member = text[start..index].Split('(')[0];
            if (!members.Contains(member)) return false;
            start = index + 1;
        }
        return true;
    }

    private void Report(LineCursor line)
    {
        string expected = string.Join(", ", _expected.Select(Describe));
        if (_farthest >= _words.Count)
        {
            line.RejectKeyword(DiagnosticCodes.MissingArgument, $"expects {expected}.");
            return;
        }
        Word word = _words[_farthest];
        if (word.Text.StartsWith("lua.", StringComparison.Ordinal))
        {
            line.Reject(DiagnosticCodes.NotImplemented, word.Origin, $"'{line.Keyword} {word.Text}' is not implemented yet.");
            return;
        }
        if (_expected.Count == 0)
        {
            line.Reject(DiagnosticCodes.UnexpectedArgument, word.Origin,
                $"'{line.Keyword}' cannot handle unexpected argument '{word.Text}'.");
            return;
        }
        string? hint = Suggestion.Hint(word.Text, _expected.OfType<UsageNode.Literal>().Select(static node => node.Text));
        line.Reject(CodeFarthest(), word.Origin, $"'{line.Keyword}' expects {expected}, found '{word.Text}'.", hint);
    }

    private string CodeFarthest()
    {
        if (_expected is not [UsageNode.Value value]) return DiagnosticCodes.BadChoice;
        return (value.Kind, Fits(value, _farthest)) switch
        {
            (_, ValueError.Underflow or ValueError.Overflow) => DiagnosticCodes.OutOfRange,
            (UsageValueKind.Size, _) => DiagnosticCodes.BadSize,
            (UsageValueKind.Time, _) => DiagnosticCodes.BadTime,
            (UsageValueKind.AddressAndPort, _) => DiagnosticCodes.BadAddress,
            (UsageValueKind.List, _) => DiagnosticCodes.BadChoice,
            _ => DiagnosticCodes.BadNumber,
        };
    }

    private static string Describe(UsageNode node) => node switch
    {
        UsageNode.Literal literal => $"'{literal.Text}'",
        UsageNode.Value value => $"<{value.Name}>",
        _ => "",
    };
}
