using System.Text;

namespace Hawser.CommandLine;

/// <summary>The classes of <c>-dK</c> under HAProxy's names (management.txt, chapter 3).</summary>
public static class KeywordClasses
{
    private static readonly (string Name, KeywordClass Class, string Help)[] s_all =
    [
        ("all", KeywordClass.All, "list all keywords"),
        ("acl", KeywordClass.AclKeywords, "ACL keywords"),
        ("cfg", KeywordClass.Configuration, "configuration keywords"),
        ("cli", KeywordClass.Commands, "CLI keywords"),
        ("cnv", KeywordClass.Converters, "sample converter keywords"),
        ("flt", KeywordClass.Filters, "filter names"),
        ("smp", KeywordClass.Fetches, "sample fetch functions"),
        ("svc", KeywordClass.Services, "service names"),
    ];

    public static string Help
    {
        get
        {
            StringBuilder text = new("# List of supported keyword classes:\n");
            foreach ((string name, _, string help) in s_all)
                text.Append(name).Append(": ").Append(help).Append('\n');
            return text.ToString();
        }
    }

    public static bool TryFind(string name, out KeywordClass found)
    {
        found = KeywordClass.None;
        foreach ((string known, KeywordClass its, _) in s_all)
        {
            if (known == name)
                found = its;
        }

        return found != KeywordClass.None;
    }
}
