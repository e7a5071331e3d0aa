using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Binding;
using Hawser.Config.Printing;

namespace Hawser.Config.Migration;

/// <summary>What a rule needs to know about the section a line stands in.</summary>
internal sealed class MigrationSection
{
    public const string Http = "http";
    public const string Health = "health";

    /// <summary>"global", "frontend" …; empty before the first section.</summary>
    public string Keyword { get; private init; } = "";

    /// <summary>In effect, from the section itself or its defaults; tcp when nobody wrote one.</summary>
    public string Mode { get; private set; } = "tcp";

    public bool HasServers { get; private set; }

    /// <summary>A request-checking option stands here: <c>mode health</c> then answered in HTTP.</summary>
    public bool HasHttpCheck { get; private set; }

    public bool IsDefaults => Keyword == SectionNames.Defaults;

    public bool IsHttp => Mode is Http or Health;

    /// <summary>The section of each line, by index; conditions are not evaluated, so lines of all branches count.</summary>
    public static IReadOnlyList<MigrationSection> Of(IReadOnlyList<SourceLine> lines)
    {
        MigrationSection current = new();
        List<MigrationSection> sections = [];
        Dictionary<string, MigrationSection> named = [];
        MigrationSection latest = current;
        foreach (SourceLine line in lines)
        {
            if (SectionNames.Find(line.Keyword) != SectionKind.None)
            {
                bool isDefaults = line.Keyword == SectionNames.Defaults;
                int from = line.Words.Select(static word => word.Text).ToList().IndexOf("from");
                MigrationSection? parent = from > 0 && from + 1 < line.Words.Length
                    ? named.GetValueOrDefault(line.Words[from + 1].Text)
                    : isDefaults ? null : latest;
                current = new MigrationSection
                {
                    Keyword = line.Keyword,
                    Mode = parent?.Mode ?? "tcp",
                    HasHttpCheck = parent?.HasHttpCheck ?? false,
                };
                if (isDefaults)
                {
                    latest = current;
                    if (line.Words.Length > 1) named[line.Words[1].Text] = current;
                }
            }
            else current.Add(line);
            sections.Add(current);
        }
        return sections;
    }

    private void Add(SourceLine line)
    {
        string second = line.Words.Length > 1 ? line.Words[1].Text : "";
        if (line.Keyword == "mode") Mode = second;
        else if (line.Keyword == "option" && second == "httpchk") HasHttpCheck = true;
        else if (line.Keyword is "server" or "server-template") HasServers = true;
    }
}
