using System.Text;

namespace Hawser.Config.Diagnostics;

/// <summary>The documentation of the codes, made from the catalogue.</summary>
public static class DiagnosticReference
{
    /// <summary>The part of the page that lists the codes.</summary>
    public static string Markdown()
    {
        StringBuilder text = new();
        text.Append("| code | |\n|---|---|\n");
        foreach (CodeDescription row in DiagnosticCatalog.Rows)
            text.Append($"| [{row.Code}](#{row.Code.ToLowerInvariant()}) | {row.Title} |\n");
        foreach (CodeDescription row in DiagnosticCatalog.Rows)
            text.Append($"\n## {row.Code}\n**{row.Title}.** {row.Meaning}\n\nWhat to do: {row.Remedy}\n");
        return text.ToString();
    }
}
