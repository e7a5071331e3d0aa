using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Xunit;

namespace Hawser.Tests.Config;

/// <summary>
/// One file is one case: the configuration, a line of dashes, then what the reader says about it, one finding a line:
/// <c>severity code line:column message</c>.
/// </summary>
public sealed class GoldenTests
{
    private const string Separator = "\n-----\n";

    /// <summary>Set to rewrite the expectations from what the reader says today; read the difference before a commit.</summary>
    private const string UpdateVariable = "HAWSER_UPDATE_GOLDEN";

    /// <summary>There are three files; any other cannot be read.</summary>
    private static readonly ConfigurationEnvironment s_environment = new()
    {
        ReadFile = static path => path switch
        {
            "/errors/503.http" => "HTTP/1.0 503 Away\r\n\r\nlater"u8.ToArray(),
            "/errors/empty.http" or "/dev/null" => [],
            "/errors/long.http" => new byte[20_000],
            _ => null,
        },
    };

    public static IEnumerable<object[]> Cases =>
        Directory.EnumerateFiles(Folder(), "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(static path => new object[] { Path.ChangeExtension(Path.GetRelativePath(Folder(), path), null) });

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_reader_says_what_the_file_expects(string name)
    {
        string path = Path.Combine(Folder(), name + ".txt");
        string text = File.ReadAllText(path);
        int cut = text.IndexOf(Separator, StringComparison.Ordinal);
        string input = cut < 0 ? text : text[..(cut + 1)];
        string actual = Describe(input);
        if (Environment.GetEnvironmentVariable(UpdateVariable) is not null)
        {
            File.WriteAllText(path, input + Separator[1..] + actual);
            return;
        }
        Assert.True(cut >= 0, "the file has no line of dashes");
        Assert.Equal(text[(cut + Separator.Length)..], actual);
    }

    private static string Describe(string input)
    {
        ConfigurationSource source = new("test.cfg", Encoding.UTF8.GetBytes(input));
        StringBuilder text = new();
        foreach (Diagnostic item in ConfigurationReader.Read([source], s_environment).Diagnostics)
        {
            string hint = item.Hint is null ? "" : $" ({item.Hint})";
            string message = item.Message.Split('\n')[0];
            text.Append($"{item.Severity} {item.Code} {item.Origin.Line}:{item.Origin.Column} {message}{hint}\n");
        }
        return text.ToString();
    }

    private static string Folder([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "Golden");
}
