using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CsCheck;
using Hawser.Config.Binding;
using Hawser.Config.Printing;
using Hawser.Config.Syntax;
using Xunit;

namespace Hawser.Tests.Config.Printing;

public sealed class ConfigurationFormatterTests
{
    [Fact]
    public void Sections_stand_at_the_margin_and_settings_four_spaces_in() => Assert.Equal(
        """
        # about the file
        # in two lines

        global
            daemon  # why

            # about the next line
            maxconn 100

        # about web
        listen web
            .if defined(X)
            bind "a b:80" name 'x  y'#tight
            .else
            bind :81
            .endif

            # alone at the end

        .if defined(Y)
        frontend y
            bind :82
        .endif

        """.Replace("'x  y'#tight", "'x  y'  #tight", StringComparison.Ordinal),
        Format(
            """


            # about the file
            # in two lines

              global
            daemon     # why


                  # about the next line
            	maxconn   100
            # about web
              listen web
              .if defined(X)
                  bind   "a b:80"  name  'x  y'#tight
               .else
                bind :81
                 .endif

              # alone at the end

            .if defined(Y)
            frontend y
            bind :82
            .endif


            """));

    [Fact]
    public void A_line_that_cannot_be_read_stays_as_it_is() =>
        Assert.Equal("global\n  description \"open   \n    daemon\n", Format("global\n  description \"open   \n  daemon"));

    [Fact]
    public void Carriage_returns_go() => Assert.Equal("global\n    daemon\n", Format("global\r\n\tdaemon\r\n"));

    [Fact]
    public void Lines_keep_their_numbers_where_the_file_asks_for_them() =>
        Assert.Equal("\n\nglobal\n\n\n    setenv A \"${.LINE}\"\nlisten x\n", Format("\n\nglobal\n\n\nsetenv A \"${.LINE}\"\nlisten x\n"));

    [Fact]
    public void Formatting_twice_changes_nothing()
    {
        foreach (ConfigurationSource source in ConfigurationCorpus.All)
        {
            byte[] once = ConfigurationFormatter.Format(source.Name, source.Content);
            Assert.Equal(Text(once), Text(ConfigurationFormatter.Format(source.Name, once)));
        }
    }

    [Fact]
    public void Formatting_never_changes_the_meaning()
    {
        foreach (ConfigurationSource source in ConfigurationCorpus.All) AssertSameMeaning(source.Name, source.Content);
    }

    [Fact]
    public void No_bytes_lose_their_meaning_or_crash_the_formatter()
    {
        string[] parts =
        [
            "global", "listen x", ".if true", ".else", ".endif", " ", "\t", "\n", "\n", "\r\n", "#", "\"", "'", "\\",
            "bind :80", "a b", "$X", "\\x4", "\u00e9", "\0",
        ];
        Gen.Int[0, parts.Length - 1].Select(index => parts[index]).Array[0, 30].Sample(pieces =>
        {
            byte[] content = Encoding.UTF8.GetBytes(string.Concat(pieces));
            AssertSameMeaning("f", content);
            byte[] once = ConfigurationFormatter.Format("f", content);
            Assert.Equal(Text(once), Text(ConfigurationFormatter.Format("f", once)));
        }, iter: 3000);
    }

    /// <summary>The words of all lines and the directives, in order; numbers of lines do not count.</summary>
    private static void AssertSameMeaning(string name, ReadOnlyMemory<byte> content) =>
        Assert.Equal(Words(name, content), Words(name, ConfigurationFormatter.Format(name, content)));

    private static List<string> Words(string name, ReadOnlyMemory<byte> content)
    {
        Dictionary<string, string> variables = new() { ["X"] = "value of x" };
        Lexer lexer = new(new VariableScope(variables));
        List<string> lines = [];
        foreach (LineText line in LineSplitter.Split(name, content))
        {
            LexerError error = lexer.Read(line);
            string words = string.Join('|', lexer.Words.Select(static word => word.Text));
            if (error != LexerError.None || lexer.Words.Count > 0) lines.Add($"{error} {words}");
        }
        return lines;
    }

    private static string Format(string text) => Text(ConfigurationFormatter.Format("f", Encoding.UTF8.GetBytes(text)));

    private static string Text(byte[] bytes) => ConfigText.Decode(bytes);
}
