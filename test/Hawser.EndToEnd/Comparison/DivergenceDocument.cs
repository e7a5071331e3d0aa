using System;
using System.IO;
using System.Linq;
using Hawser.EndToEnd.Scenarios;
using Xunit;

namespace Hawser.EndToEnd.Comparison;

public sealed class DivergenceDocument
{
    [Fact]
    public void Every_divergence_of_the_tables_stands_in_the_document_and_none_besides()
    {
        string[] headings = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "divergences.md"))
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line[3..])];

        Assert.Equal(
            Divergences.All.Select(d => d.Title).Order(StringComparer.Ordinal),
            headings.Order(StringComparer.Ordinal));
    }
}
