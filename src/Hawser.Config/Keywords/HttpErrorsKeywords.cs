using System.Collections.Generic;
using Hawser.Config.Model;

namespace Hawser.Config.Keywords;

/// <summary>What keywords of an http-errors section write to.</summary>
public sealed class HttpErrorsContext(NamedFiles namedFiles)
{
    public NamedFiles NamedFiles { get; } = namedFiles;

    public List<ErrorFileConfig> Files { get; } = [];
}

/// <summary>The keywords of http-errors sections.</summary>
public static class HttpErrorsKeywords
{
    public static readonly KeywordTable<HttpErrorsContext> Table = new(Rows);

    private static IEnumerable<KeywordRow<HttpErrorsContext>> Rows =>
    [
        new("errorfile", HttpErrorKeywords.FileUsage, SectionSet.Named, KeywordStatus.Implemented, "response of a file for a status")
        {
            ChecksUsage = true,
            Parse = static (line, context) =>
            {
                if (HttpErrorKeywords.ReadFile(line, context.NamedFiles) is { } file) context.Files.Add(file);
            },
        },
    ];
}
