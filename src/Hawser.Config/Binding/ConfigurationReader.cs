using System;
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
    private readonly FilePaths _paths = new();
    private readonly GlobalContext _global;
    private readonly ProxySectionBinder _proxies;
    private readonly UserListBinder _userLists;
    private readonly HttpErrorsBinder _httpErrors;
    private readonly LogProfileBinder _logProfiles;
    private readonly LaterSectionBinder _later;
    private readonly StatementReader _statements;
    private readonly Action<IReadOnlyList<Word>>? _observe;
    private readonly Refusals _refusals = new();
    private SectionKind _section;

    private ConfigurationReader(ConfigurationEnvironment environment, Action<IReadOnlyList<Word>>? observe)
    {
        _observe = observe;
        _diagnostics = new DiagnosticBag(_texts.LineAt);
        _variables = new VariableScope(environment.Variables);
        _global = new GlobalContext(_variables, _paths, environment.DirectoryExists, environment.ReadFile);
        _proxies = new ProxySectionBinder(
            _diagnostics, _refusals, _global.Files, _variables, new ProxyDirectory(environment.FindRunningBackend));
        _userLists = new UserListBinder(_variables, _diagnostics);
        _httpErrors = new HttpErrorsBinder(_global.Files, _variables, _diagnostics);
        _logProfiles = new LogProfileBinder(_variables, _diagnostics);
        _later = new LaterSectionBinder(_diagnostics, _variables);
        _statements = new StatementReader(environment.FactsFor(_variables), _diagnostics, _texts) { Broken = Skip };
    }

    /// <summary>
    /// Reads the files in order as one configuration, as several <c>-f</c> do. Never throws on any input.
    /// </summary>
    /// <param name="observe">
    /// Is shown each statement in the order of reading, before it takes effect; the list is valid during the call.
    /// </param>
    public static ConfigurationResult Read(
        IReadOnlyList<ConfigurationSource> sources, ConfigurationEnvironment environment,
        Action<IReadOnlyList<Word>>? observe = null)
    {
        ConfigurationReader reader = new(environment, observe);
        foreach (ConfigurationSource source in sources) reader.Read(source);
        return reader.Finish(environment);
    }

    private void Read(ConfigurationSource source)
    {
        _paths.Enter(source.Name);
        foreach (IReadOnlyList<Word> words in _statements.Read(source.Name, source.Content))
        {
            _observe?.Invoke(words);
            SectionKind kind = SectionNames.Find(words[0].Text);
            if (kind != SectionKind.None) Open(kind, words);
            else if (MisspeltSection(words) is { } name) OpenMisspelt(name, words);
            else Bind(words);
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
            case SectionKind.UserList:
                if (!_userLists.Open(words)) _section = SectionKind.Skipped;
                break;
            case SectionKind.HttpErrors:
                if (!_httpErrors.Open(words)) _section = SectionKind.Skipped;
                break;
            case SectionKind.LogProfile:
                if (!_logProfiles.Open(words)) _section = SectionKind.Skipped;
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
                int alerts = _diagnostics.AlertCount;
                KeywordRunner.Run(words, GlobalKeywordTable.Table, _global,
                    new LinePlace(SectionSet.Global, SectionNames.Global, "", _variables), _diagnostics);
                if (_diagnostics.AlertCount > alerts) RefuseGlobal(words);
                break;
            case SectionKind.Proxy:
                _proxies.Bind(words);
                break;
            case SectionKind.UserList:
                _userLists.Bind(words);
                break;
            case SectionKind.HttpErrors:
                _httpErrors.Bind(words);
                break;
            case SectionKind.LogProfile:
                _logProfiles.Bind(words);
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

    /// <summary>
    /// The section that a line with an unknown first word was probably to open; null when a keyword is as close.
    /// </summary>
    private string? MisspeltSection(IReadOnlyList<Word> words)
    {
        string first = words[0].Text;
        if (_section is SectionKind.Skipped or SectionKind.NotImplemented or SectionKind.Removed) return null;
        if (ProxyKeywordTable.Table.KeywordOf(words) is not null || GlobalKeywordTable.Table.KeywordOf(words) is not null) return null;
        IEnumerable<string> keywords = _section switch
        {
            SectionKind.Proxy => ProxyKeywordTable.Table.FirstWords(SectionSet.None),
            SectionKind.Global => GlobalKeywordTable.Table.FirstWords(SectionSet.None),
            _ => [],
        };
        return Suggestion.Closest(first, keywords.Concat(SectionNames.All)) is { } close && SectionNames.Find(close) != SectionKind.None
            ? close
            : null;
    }

    /// <summary>Reports the word and goes on as if it had been right: the lines below belong to that section.</summary>
    private void OpenMisspelt(string name, IReadOnlyList<Word> words)
    {
        Bind(words);
        Open(SectionNames.Find(name), [words[0] with { Text = name }, .. words.Skip(1)]);
    }

    /// <summary>A line that could not be cut into words: of the sections' first lines the whole section is skipped.</summary>
    private void Skip(LineText line, IReadOnlyList<Word> words)
    {
        string first = words.Count > 0 ? words[0].Text : FirstLetters(line);
        if (SectionNames.Find(first) != SectionKind.None)
        {
            _proxies.Close();
            _section = SectionKind.Skipped;
            _refusals.AddSection(first, name: null);
        }
        else if (_section == SectionKind.Proxy) _proxies.Refuse(words);
        else if (_section == SectionKind.Global) RefuseGlobal(words);
    }

    private static string FirstLetters(LineText line)
    {
        string text = ConfigText.Decode(line.Bytes.Span).TrimStart();
        return string.Concat(text.TakeWhile(static letter => char.IsAsciiLetter(letter) || letter is '-' or '_'));
    }

    private void RefuseGlobal(IReadOnlyList<Word> words)
    {
        if (GlobalKeywordTable.Table.KeywordOf(words) is { } keyword) _refusals.AddKeyword(keyword);
        else _refusals.AddUnknown();
    }

    private void Reject(string code, Word word, string message) =>
        _diagnostics.Report(code, Severity.Alert, word.Origin, message);

    private ConfigurationResult Finish(ConfigurationEnvironment environment)
    {
        ModelFinisher finisher = new(_global.Config, _diagnostics);
        ImmutableArray<UserListConfig> userLists = _userLists.Finish();
        ImmutableArray<HttpErrorsSection> httpErrors = _httpErrors.Finish();
        ImmutableArray<ProxyConfig> proxies = finisher.Finish(_proxies.Finished, httpErrors, _refusals);
        ConfigModel model = new()
        {
            Global = finisher.Global,
            Proxies = proxies,
            Defaults = [.. _proxies.Defaults.Select(context => finisher.FinishDefaults(
                context, ProxySectionOpener.ProblemOf(context, ProxyKind.Backend)))],
            UserLists = userLists,
            HttpErrors = httpErrors,
            LogProfiles = _logProfiles.Finish(),
            Paths = _paths,
            EnvironmentChanges = _variables.Changes.ToImmutableArray(),
        };
        bool hasAlert = _diagnostics.HasAny(Severity.Alert);
        bool warningsAreFatal = environment.WarningsAreFatal || model.Global.ZeroWarning;
        return new ConfigurationResult(hasAlert ? null : model, _diagnostics.Items)
        {
            LineAt = _texts.LineAt,
            IsFatal = hasAlert || (warningsAreFatal && _diagnostics.HasAny(Severity.Warning)),
        };
    }
}
