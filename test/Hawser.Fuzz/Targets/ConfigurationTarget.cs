using System;
using System.Linq;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint;
using Hawser.Config.Lint.Rules;
using Hawser.Config.Lint.Views;
using Hawser.Config.Migration;
using Hawser.Config.Printing;
using Hawser.Config.Syntax;

namespace Hawser.Fuzz.Targets;

/// <summary>A configuration file: the reader, the linter, the formatter, the printer and the migrator.</summary>
internal sealed class ConfigurationTarget : FuzzTarget
{
    private const string FileName = "fuzz.cfg";

    private static readonly string[] s_words =
    [
        "global\n", "defaults\n", "defaults d\n", "frontend f\n", "backend b\n", "listen l\n", "peers p\n", "\n", "  ", "\"", "'", "\\",
        "#", "$HOME", "${HOME}", "${X[*]}", ".if ", ".elif ", ".else\n", ".endif\n", "feature(THREAD)", "streq(a,b)", "&&", "||", "!", "(", ")",
        "bind :80", "server s 127.0.0.1:80", "check", "inter 2s", "from srv:s", "default-server name t", "timeout client 1s", "mode http",
        "mode tcp", "balance roundrobin", "option httplog", "log-format %ci", "%[src]", "%{+Q}o", "use_backend b if { src 10.0.0.0/8 }",
        "acl a src 127.0.0.1", "tcp-request content accept if a", "http-request deny", "reqrep ^a b", "rspidel ^Via:", "no ", "default ",
        "stick-table type ip size 1m", "unless", "if", "99999999999999999999", "-1", "1-2", "0x", "fd@3", "unix@/tmp/x", "[::1]:1", "*:80", "é",
    ];

    public override string Name => "configuration";

    public override ReadOnlySpan<string> Words => s_words;

    public override ulong Run(ReadOnlySpan<byte> input)
    {
        byte[] bytes = input.ToArray();
        ConfigurationSource source = new(FileName, bytes);
        ConfigurationEnvironment environment = new();
        ConfigurationViewBuilder view = new();
        ConfigurationResult result = ConfigurationReader.Read([source], environment, view.Add);

        bool hasAlert = result.Diagnostics.Any(static item => item.Severity == Severity.Alert);
        Expect(hasAlert == (result.Model is null), "there is a model exactly when there is no alert");
        int lines = LineSplitter.Split(FileName, bytes).Count();
        ulong outcome = hasAlert ? 1UL : 0;
        foreach (Diagnostic item in result.Diagnostics)
        {
            Expect(item.Origin.Line >= 0 && item.Origin.Line <= lines, "a finding stands in a line of the file");
            outcome = Mix(outcome, Hash(item.Code) + (ulong)item.Message.Length % 8);
        }

        _ = EffectivePrinter.Print(view.Build(), showsOrigins: true);
        _ = Linter.Lint([source], environment, LintCatalog.Rules);
        _ = Migrator.Migrate(FileName, bytes);
        byte[] once = ConfigurationFormatter.Format(FileName, bytes);
        byte[] twice = ConfigurationFormatter.Format(FileName, once);
        Expect(once.AsSpan().SequenceEqual(twice), "what was formatted stays as it is");
        return outcome;
    }
}
