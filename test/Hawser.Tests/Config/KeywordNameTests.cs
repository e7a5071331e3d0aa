using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Xunit;

namespace Hawser.Tests.Config;

/// <summary>
/// Each keyword that HAProxy 3.5 documents or knows is known here. The list beside this file has a line for each: its
/// class, which is the section but for global, proxies and the options of a line, and its name.
/// </summary>
public sealed class KeywordNameTests
{
    [Fact]
    public void Each_keyword_of_HAProxy_is_known()
    {
        string[] lines = File.ReadAllLines(List());
        Assert.InRange(lines.Length, 930, int.MaxValue);
        string[] unknown = lines.Where(static line =>
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            return !IsKnown(line[..space], line[(space + 1)..]);
        }).ToArray();
        Assert.True(unknown.Length == 0, string.Join('\n', unknown));
    }

    private static bool IsKnown(string kind, string name) => kind switch
    {
        "global" => Has(GlobalKeywordTable.Table, name),
        "proxy" => Has(ProxyKeywordTable.Table, name),
        "bind-option" => Has(BindOptions.Table, name),
        // No option: it stands before them.
        "server-option" when name == "from" => ProxyKeywordTable.Table.Find("server")!.Usage.Contains("[from ", StringComparison.Ordinal),
        "server-option" => Has(ServerOptions.Table, name),
        "parser-directive" => IsDirective(name),
        "userlist" => Has(UserListKeywords.Table, name),
        "http-errors" => Has(HttpErrorsKeywords.Table, name),
        "log-profile" => Has(LogProfileKeywords.Table, name),
        // Words in the arguments of one keyword.
        "filter" => Mentions(ProxyKeywordTable.Table, "filter", name.Split(' ')[1]),
        "crt-list-option" => Mentions(ProxyKeywordTable.Table, "ssl-f-use", name),
        "crt-store-load-option" => Mentions(LaterSections.All["crt-store"].Table, "load", name),
        _ => Has((LaterSections.All.GetValueOrDefault(kind) ?? LaterSections.OfSpoe[kind]).Table, name),
    };

    /// <summary>A first word of several is known by what may follow it.</summary>
    private static bool Has<TContext>(KeywordTable<TContext> table, string name) =>
        table.Find(name) is not null || table.IsFirstWord(name);

    private static bool Mentions<TContext>(KeywordTable<TContext> table, string keyword, string word) =>
        table.Find(keyword)?.Usage.Split(' ').Contains(word) == true;

    private static bool IsDirective(string name) =>
        Read($"{name} 1\n").All(static item => !item.Message.Contains("unknown directive", StringComparison.Ordinal));

    private static IReadOnlyList<Diagnostic> Read(string text) =>
        ConfigurationReader.Read(
            [new ConfigurationSource("test.cfg", Encoding.UTF8.GetBytes(text))], new ConfigurationEnvironment()).Diagnostics;

    private static string List([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "KeywordNames.txt");
}
