using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Config.Validation;

namespace Hawser.Config.Binding;

/// <summary>The way in: files to model and diagnostics. Pure: no file, socket, clock or environment is touched.</summary>
public sealed class ConfigurationReader
{
    private readonly SourceTexts _texts = new();
    private readonly DiagnosticBag _diagnostics;
    private readonly VariableScope _variables;
    private readonly GlobalContext _global;
    private readonly ProxySectionBinder _proxies;
    private readonly LaterSectionBinder _later;
    private readonly StatementReader _statements;
    private SectionKind _section;

    private ConfigurationReader(ConfigurationEnvironment environment)
    {
        _diagnostics = new DiagnosticBag(_texts.LineAt);
        _variables = new VariableScope(environment.Variables);
        _global = new GlobalContext(_variables);
        _proxies = new ProxySectionBinder(_diagnostics);
        _later = new LaterSectionBinder(_diagnostics);
        _statements = new StatementReader(environment.FactsFor(_variables), _diagnostics, _texts);
    }

    /// <summary>
    /// Reads the files in order as one configuration, as several <c>-f</c> do. Never throws on any input.
    /// </summary>
    public static ConfigurationResult Read(
        IReadOnlyList<ConfigurationSource> sources, ConfigurationEnvironment environment)
    {
        ConfigurationReader reader = new(environment);
        foreach (ConfigurationSource source in sources) reader.Read(source);
        return reader.Finish(environment);
    }

    private void Read(ConfigurationSource source)
    {
        foreach (IReadOnlyList<Word> words in _statements.Read(source.Name, source.Content))
        {
            SectionKind kind = SectionNames.Find(words[0].Text);
            if (kind == SectionKind.None) Bind(words);
            else Open(kind, words);
        }
        // A section ends with its file.
        _proxies.Close();
        _section = SectionKind.None;
        _variables.Section = "";
    }

    private void Open(SectionKind kind, IReadOnlyList<Word> words)
    {
        _proxies.Close();
        _section = kind;
        _variables.Section = words.Count > 1 ? words[1].Text : words[0].Text;
        string name = words[0].Text;
        switch (kind)
        {
            case SectionKind.Global:
                new LineCursor(words, 0, 1, Negation.None, _diagnostics).TryEnd();
                break;
            case SectionKind.Proxy:
                if (!_proxies.Open(words)) _section = SectionKind.Skipped;
                break;
            case SectionKind.Removed:
                Reject(DiagnosticCodes.Removed, words[0], $"the '{name}' section is not supported any more.");
                break;
            default:
                _later.Open(words);
                break;
        }
    }

    private void Bind(IReadOnlyList<Word> words)
    {
        switch (_section)
        {
            case SectionKind.Global:
                KeywordRunner.Run(words, GlobalKeywordTable.Table, _global,
                    new LinePlace(SectionSet.Global, SectionNames.Global, ""), _diagnostics);
                break;
            case SectionKind.Proxy:
                _proxies.Bind(words);
                break;
            case SectionKind.NotImplemented:
                _later.Bind(words);
                break;
            case SectionKind.None:
                _diagnostics.Report(DiagnosticCodes.OutOfSection, Severity.Alert, words[0].Origin,
                    $"unknown keyword '{words[0].Text}' out of section.",
                    Suggestion.Hint(words[0].Text, SectionNames.All));
                break;
        }
    }

    private void Reject(string code, Word word, string message) =>
        _diagnostics.Report(code, Severity.Alert, word.Origin, message);

    private ConfigurationResult Finish(ConfigurationEnvironment environment)
    {
        ModelFinisher finisher = new(_global.Config, _diagnostics);
        ImmutableArray<ProxyConfig> proxies = finisher.Finish(_proxies.Finished);
        ConfigModel model = new()
        {
            Global = finisher.Global,
            Proxies = proxies,
            EnvironmentChanges = _variables.Changes.ToImmutableArray(),
        };
        bool hasAlert = _diagnostics.HasAny(Severity.Alert);
        bool warningsAreFatal = environment.WarningsAreFatal || model.Global.ZeroWarning;
        return new ConfigurationResult(hasAlert ? null : model, _diagnostics.Items)
        {
            IsFatal = hasAlert || (warningsAreFatal && _diagnostics.HasAny(Severity.Warning)),
        };
    }
}
