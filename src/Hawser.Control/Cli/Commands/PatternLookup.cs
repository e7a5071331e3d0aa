using System.Text;
using Hawser.Expressions.Patterns;
using Hawser.Expressions.Samples;

namespace Hawser.Control.Cli.Commands;

/// <summary>"get map", "get acl": a line for each thing that looks up in the list.</summary>
internal static class PatternLookup
{
    private const int ScratchBytes = 16 * 1024;

    public static void Write(CliOutput output, PatternList list, string text)
    {
        Scratch scratch = new(ScratchBytes);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        foreach (PatternUse use in list.Uses)
        {
            Sample sample = default;
            sample.SetString(bytes);
            PatternEntry? entry = SampleCasts.TryCast(ref sample, use.Index.InputType, scratch) ? use.Find(in sample) : null;
            WriteLine(output, list, use, entry);
        }
    }

    private static void WriteLine(CliOutput output, PatternList list, PatternUse use, PatternEntry? entry)
    {
        string outcome = list.IsMap ? "found" : "match";
        output.Write($"type={MatchMethods.NameOf(use.Method)}, case={(use.IgnoresCase ? "insensitive" : "sensitive")}, {outcome}=");
        if (entry is null)
        {
            output.WriteLine("no");
            return;
        }

        output.Write($"yes, idx={(IsTree(use) ? "tree" : "list")}, {(list.IsMap ? "key" : "pattern")}=\"");
        output.Write(entry.Text);
        output.Write((byte)'"');
        if (list.IsMap)
            output.Write($", value=\"{entry.ValueText}\", type=\"{SampleText.TypeName(entry.Value?.Type ?? SampleType.String)}\"");
        output.Write((byte)'\n');
    }

    private static bool IsTree(PatternUse use) =>
        use.Method is MatchMethod.String or MatchMethod.Address or MatchMethod.Prefix && !use.IgnoresCase;
}
