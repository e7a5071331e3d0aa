using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Base.Time;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Expressions.Acls;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.LogFormat;
using Hawser.Proxy.Actions;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Building;

/// <summary>
/// Compiles the rules of one proxy, front and back side. Findings go to the bag, at the words they are about.
/// </summary>
internal sealed class RuleBuilder
{
    private const string Code = "HWS2072";

    private static readonly RuleSetKind[] s_kinds = Enum.GetValues<RuleSetKind>();

    private readonly ProxyConfig _proxy;
    private readonly CompileContext _context;
    private readonly DiagnosticBag _findings;
    private readonly AclDirectory _acls;
    private readonly ReplyCompiler _replies;
    private readonly HttpServices _services;

    /// <param name="replies">Makes what rules answer.</param>
    /// <param name="services">What rules may let answer.</param>
    public RuleBuilder(ProxyConfig proxy, CompileContext context, ReplyCompiler replies, HttpServices services, DiagnosticBag findings)
    {
        _services = services;
        _proxy = proxy;
        _replies = replies;
        _findings = findings;
        Captures = new CapturePlan(proxy.Http);
        _acls = new AclDirectory(context, findings);
        _context = _acls.Context;
        foreach (RuleConfig rule in proxy.Rules)
        {
            if (rule.Set != RuleSetKind.Acl) continue;
            int first = findings.Items.Count;
            _acls.Declare(rule.Words);
            LeaveToDefaults(rule, first);
        }
    }

    /// <summary>The slots that its rules capture into; complete when all of them are compiled.</summary>
    public CapturePlan Captures { get; }

    /// <summary>What formats of the proxy are compiled with: its ACLs can be named.</summary>
    public CompileContext Context => _context;

    /// <summary>Where what is wrong is reported.</summary>
    public DiagnosticBag Findings => _findings;

    private string Owner => $"{(_proxy.Kind == ProxyKind.Defaults ? "defaults" : _proxy.HasFrontend ? "frontend" : "backend")} '{_proxy.Name}'";

    /// <summary>
    /// Looks at the rules that nothing is built of here: all those of a defaults section or of a proxy that is switched
    /// off, and else those of another mode.
    /// </summary>
    public void CheckUnused(bool isAll)
    {
        if (_proxy.Rules.IsEmpty) return;
        foreach (RuleSetKind kind in s_kinds)
        {
            bool isOfPage = kind is RuleSetKind.StatsAdmin or RuleSetKind.StatsHttpRequest;
            bool isOfHttp = isOfPage || kind is RuleSetKind.HttpRequest or RuleSetKind.HttpResponse
                or RuleSetKind.HttpAfterResponse or RuleSetKind.Redirect or RuleSetKind.MonitorFail;
            bool isUnused = isAll || (_proxy.Mode != ProxyMode.Http && isOfHttp) || (_proxy.StatisticsPage is null && isOfPage);
            if (!isUnused) continue;
            switch (kind)
            {
                case RuleSetKind.Acl or RuleSetKind.UseBackend or RuleSetKind.UseServer:
                    break;
                case RuleSetKind.ForcePersist or RuleSetKind.IgnorePersist or RuleSetKind.StatsAdmin or RuleSetKind.MonitorFail
                    or RuleSetKind.ForceBackendSwitch:
                    Conditions(kind);
                    break;
                case RuleSetKind.StatsHttpRequest:
                    CheckStatistics();
                    break;
                case RuleSetKind.Redirect:
                    Redirects();
                    break;
                default:
                    Set(kind, _proxy.HasFrontend, null);
                    break;
            }
        }
    }

    /// <summary>Null when the front side has no rule.</summary>
    public FrontendRules? Frontend(BackendDirectory backends)
    {
        FrontendRules rules = new()
        {
            Connection = Set(RuleSetKind.TcpRequestConnection, isFrontend: true, null),
            Session = Set(RuleSetKind.TcpRequestSession, isFrontend: true, null),
            Content = Set(RuleSetKind.TcpRequestContent, isFrontend: true, _proxy.RequestInspectDelayMs),
            Backends = [.. BackendRules(backends)],
            Forced = Conditions(RuleSetKind.ForceBackendSwitch),
        };
        return rules is { Connection: null, Session: null, Content: null, Backends: [], Forced: [] } ? null : rules;
    }

    /// <summary>Null when the back side has no rule. A listen section's request rules are its front side's.</summary>
    public BackendRules? Backend(Backend backend)
    {
        if (_proxy.Rules.IsEmpty) return null;
        Dictionary<string, Server> servers = new(StringComparer.Ordinal);
        foreach (Server server in backend.Servers) servers.TryAdd(server.Name, server);
        BackendRules rules = new()
        {
            Content = _proxy.HasFrontend ? null : Set(RuleSetKind.TcpRequestContent, isFrontend: false, _proxy.RequestInspectDelayMs),
            Response = Set(RuleSetKind.TcpResponseContent, isFrontend: false, _proxy.ResponseInspectDelayMs),
            Servers = [.. ServerRules(servers)],
            ServersByName = servers,
        };
        if (_proxy.Mode != ProxyMode.Http) CheckPersistence();
        return rules is { Content: null, Response: null, Servers: [] } ? null : rules;
    }

    /// <summary>One of the sets of mode http; null when there is no such rule.</summary>
    public RuleSet? Http(RuleSetKind kind) => Set(kind, _proxy.HasFrontend, null);

    /// <summary>"redirect" lines; null without any.</summary>
    public RuleSet? Redirects()
    {
        FetchContexts place = Place(RuleSetKind.Redirect, _proxy.HasFrontend);
        List<SessionRule> rules = [];
        foreach (RuleConfig line in _proxy.Rules)
        {
            if (line.Set != RuleSetKind.Redirect) continue;
            int first = _findings.Items.Count;
            // To the action's parser the line's keyword is the action's name.
            ImmutableArray<Word> words = line.Words.Insert(0, new Word(line.Keyword, line.Origin));
            ActionReader reader = Reader(line with { Words = words }, RuleSets.HttpRequest, place, isAction: false);
            if (RedirectActions.Parse(reader, isFormat: false) is { } action
                && WithCondition(line with { Words = words }, reader, action, place) is { } rule)
            {
                rules.Add(rule);
            }

            LeaveToDefaults(line, first);
        }

        return rules.Count == 0 ? null : new RuleSet(rules, Milliseconds.None);
    }

    /// <summary>Slots that rules name by number exist.</summary>
    public void CheckCaptures(CaptureSlots slots)
    {
        foreach ((int number, Origin at) in Captures.Unknown(slots))
            Fail(at, $"unable to find capture id '{number}' referenced by a capture rule of proxy '{_proxy.Name}'.");
    }

    /// <summary>The conditions of "monitor fail".</summary>
    public Condition[] MonitorFailures() => Conditions(RuleSetKind.MonitorFail);

    /// <summary>Of lines that are nothing but a condition.</summary>
    private Condition[] Conditions(RuleSetKind kind)
    {
        List<Condition> conditions = [];
        foreach (RuleConfig line in _proxy.Rules)
        {
            if (line.Set != kind) continue;
            if (TryCondition(line, 0, out Condition? condition, $"a '{line.Keyword}' rule") && condition is not null)
                conditions.Add(condition);
        }

        return [.. conditions];
    }

    /// <summary>"stats http-request": an action, perhaps "realm" and its argument, and a condition.</summary>
    private void CheckStatistics()
    {
        foreach (RuleConfig line in _proxy.Rules)
        {
            if (line.Set != RuleSetKind.StatsHttpRequest) continue;
            int at = line.Words.Length > 2 && line.Words[1].Text == "realm" ? 3 : 1;
            TryCondition(line, at, out _, $"an '{line.Keyword}' rule");
        }
    }

    /// <summary>
    /// What is wrong with a rule of a defaults section was said when that section was looked at, once for all proxies.
    /// </summary>
    /// <param name="first">How many findings there were before the rule was compiled.</param>
    private void LeaveToDefaults(RuleConfig line, int first)
    {
        if (!line.IsInherited || _findings.Items.Count == first) return;
        _findings.Withdraw(first, item => item.Severity != Severity.Alert
            || _findings.Items.Take(first).Any(other => other.Severity == Severity.Alert && other.Origin == item.Origin));
    }

    private FetchContexts Place(RuleSetKind kind, bool isFrontend) => _proxy.Kind == ProxyKind.Defaults
        ? RuleSetsOf.Place(kind, isFrontend: true) | RuleSetsOf.Place(kind, isFrontend: false)
        : RuleSetsOf.Place(kind, isFrontend);

    /// <summary>"stats" lines; null without the page.</summary>
    public StatisticsPage? Statistics()
    {
        if (_proxy.StatisticsPage is not { } page || _services.StatisticsPage(_proxy, page) is not { } service) return null;
        RuleSet? rules = Set(RuleSetKind.StatsHttpRequest, _proxy.HasFrontend, null);
        if (rules is not null && (!page.Accounts.IsEmpty || page.Realm is not null))
            Fail(_proxy.Origin, $"proxy '{_proxy.Name}': stats 'auth'/'realm' and 'http-request' can't be used at the same time.");
        return new StatisticsPage
        {
            Uri = ConfigText.Encode(page.Uri),
            Service = service,
            Users = page.Accounts.IsEmpty ? null : new UserList(AccountsOf(page), hashes: null),
            Challenge = AuthActions.Challenge(page.Realm ?? "HAProxy Statistics"),
            Rules = rules,
            Admins = StatisticsAdmins(),
        };
    }

    /// <summary>The conditions of "stats admin".</summary>
    private Condition[] StatisticsAdmins()
    {
        List<Condition> conditions = [];
        foreach (RuleConfig line in _proxy.Rules)
        {
            if (line.Set != RuleSetKind.StatsAdmin) continue;
            if (line.Words.IsEmpty || line.Words[0].Text is not ("if" or "unless"))
                Fail(line.Origin, "'stats admin' requires either 'if' or 'unless' followed by a condition.");
            else if (TryCondition(line, 0, out Condition? condition, "a 'stats admin' rule") && condition is not null)
                conditions.Add(condition);
        }

        return [.. conditions];
    }

    private static UserListConfig AccountsOf(StatisticsPageConfig page) => new(
        "stats auth",
        [.. page.Accounts.Select(account => new UserConfig { Name = account.User, Password = account.Password })],
        Origin.None);

    private RuleSet? Set(RuleSetKind kind, bool isFrontend, int? inspectDelayMs)
    {
        if (_proxy.Rules.IsEmpty) return null;
        List<SessionRule> rules = [];
        FetchContexts place = Place(kind, isFrontend);
        bool isUnreachable = false;
        foreach (RuleConfig line in _proxy.Rules)
        {
            if (line.Set != kind) continue;
            int first = _findings.Items.Count;
            if (isUnreachable)
                Warn(line.Origin, $"previous '{line.Keyword}' action is final and has no condition attached, further entries are NOOP.");
            isUnreachable = !line.IsInherited && IsHttp(RuleSetsOf.Set(kind)) && EndsAlways(line);
            if (Rule(line, place) is { } rule) rules.Add(rule);
            LeaveToDefaults(line, first);
        }

        for (int index = 0; index < rules.Count; index++)
        {
            if (rules[index].Action is EarlyHint hint)
                hint.IsLast = index + 1 == rules.Count || rules[index + 1].Action is not EarlyHint;
        }

        return rules.Count == 0 ? null : new RuleSet(rules, new Milliseconds(inspectDelayMs ?? 0));
    }

    /// <summary>Its action ends the set, and there is no condition.</summary>
    private static bool EndsAlways(RuleConfig line) =>
        !line.Words.IsEmpty && ActionTable.Find(line.Words[0].Text) is { IsFinal: true }
        && !line.Words.Any(static word => word.Text is "if" or "unless");

    private SessionRule? Rule(RuleConfig line, FetchContexts place)
    {
        if (line.Words.IsEmpty)
        {
            Fail(line.Origin, $"'{line.Keyword}' expects {Expected(line.Set)} in {Owner} (got '').");
            return null;
        }

        Word first = line.Words[0];
        int open = first.Text.IndexOf('(');
        string name = open < 0 ? first.Text : first.Text[..open];
        RuleSets set = RuleSetsOf.Set(line.Set);
        if (name.StartsWith("lua.", StringComparison.Ordinal))
        {
            Fail(first.Origin, $"'{line.Keyword} {name}' is not implemented yet.");
            return null;
        }

        if (ActionTable.Find(name) is not { } row || (row.Sets & set) == 0)
        {
            string? guess = Expressions.Compilation.Suggestion.For(
                name, ActionTable.All.Where(known => (known.Sets & set) != 0).Select(known => known.Name));
            Fail(first.Origin, $"'{line.Keyword}' expects {Expected(line.Set)} in {Owner} (got '{first.Text}').",
                guess is null ? null : $"did you mean '{guess}'?");
            return null;
        }

        if (row.Parse is null)
        {
            Fail(first.Origin, $"'{line.Keyword} {name}' is not implemented yet.");
            return null;
        }

        if (row.HasParentheses != (open >= 0 && first.Text.EndsWith(')')))
        {
            Fail(first.Origin, $"invalid or incomplete action '{first.Text}'. Expects '{row.Syntax}'");
            return null;
        }

        ActionReader reader = Reader(line, set, place, isAction: true);
        return row.Parse(reader) is { } action ? WithCondition(line, reader, action, place) : null;
    }

    private ActionReader Reader(RuleConfig line, RuleSets set, FetchContexts place, bool isAction)
    {
        Word first = line.Words[0];
        int open = first.Text.IndexOf('(');
        return new ActionReader(line.Words, isAction ? line.Keyword : "", _context with { Place = place, IgnoresBytes = isAction && IsHttp(set) }, _findings)
        {
            Set = set,
            InParentheses = open < 0 ? null : new Word(first.Text[(open + 1)..^1], first.Origin),
            Proxy = _proxy,
            Replies = _replies,
            Services = _services,
            Captures = Captures,
        };
    }

    private static bool IsHttp(RuleSets set) => (set & (RuleSets.HttpRequest | RuleSets.HttpResponse | RuleSets.HttpAfterResponse)) != 0;

    /// <summary>The rule, with the condition that the reader has left.</summary>
    private SessionRule? WithCondition(RuleConfig line, ActionReader reader, SessionAction action, FetchContexts place)
    {
        if (reader.Next >= line.Words.Length) return new SessionRule(null, action, line.Origin);
        Word next = line.Words[reader.Next];
        if (next.Text is not ("if" or "unless"))
        {
            Fail(next.Origin, $"{reader.Subject} only accepts 'if' or 'unless', in {Owner} (got '{next.Text}')");
            return null;
        }

        ConditionCompiler compiler = new(_acls, line.Words);
        Condition? condition = compiler.Compile(reader.Next, place);
        if (condition is null)
        {
            Fail(compiler.At, $"{reader.Subject} : error detected in {Owner} while parsing '{next.Text}' condition : {compiler.Problem}", compiler.Hint);
            return null;
        }

        foreach ((string before, string after) in compiler.Incompatibilities)
            Warn(next.Origin, $"{before} in '{line.Keyword}' {after}");
        if (line.Set != RuleSetKind.Redirect) WarnOfBytes(compiler, next);
        return new SessionRule(condition, action, line.Origin);
    }

    private List<BackendRule> BackendRules(BackendDirectory backends)
    {
        List<BackendRule> rules = [];
        foreach (RuleConfig line in _proxy.Rules)
        {
            if (line.Set != RuleSetKind.UseBackend) continue;
            if (line.Words.IsEmpty)
            {
                Fail(line.Origin, "'use_backend' expects a backend name.");
                continue;
            }

            if (!TryCondition(line, 1, out Condition? condition, "switching rule")) continue;
            Word name = line.Words[0];
            if (name.Text.Contains("%[", StringComparison.Ordinal))
            {
                if (Format(name, $"failed to parse use_backend rule '{name.Text}'") is { } format)
                    rules.Add(new BackendRule(condition, null, format, backends));
            }
            else if (backends.Find(name.Text) is { } backend)
            {
                backend.IsReferenced = true;
                rules.Add(new BackendRule(condition, backend, null, backends));
            }
        }

        return rules;
    }

    private List<ServerRule> ServerRules(Dictionary<string, Server> servers)
    {
        List<ServerRule> rules = [];
        foreach (RuleConfig line in _proxy.Rules)
        {
            if (line.Set != RuleSetKind.UseServer) continue;
            if (line.Words.IsEmpty)
            {
                Fail(line.Origin, "'use-server' expects a server name.");
                continue;
            }

            if (!TryCondition(line, 1, out Condition? condition, "switching rule")) continue;
            if (condition is null)
            {
                Fail(line.Origin, "'use-server' requires either 'if' or 'unless' followed by a condition.");
                continue;
            }

            Word name = line.Words[0];
            if (name.Text.Contains("%[", StringComparison.Ordinal))
            {
                if (Format(name, $"failed to parse use-server rule '{name.Text}'") is { } format)
                    rules.Add(new ServerRule(condition, null, format));
            }
            else if (servers.TryGetValue(name.Text, out Server? server))
            {
                rules.Add(new ServerRule(condition, server, null));
            }
            else
            {
                Fail(name.Origin, $"unable to find server '{name.Text}' in proxy '{_proxy.Name}' referenced in a 'use-server' rule.",
                    Hint(name.Text, servers.Keys));
            }
        }

        return rules;
    }

    /// <summary>"force-persist" and "ignore-persist" of a backend, in order.</summary>
    public PersistenceCondition[] Persistence()
    {
        List<PersistenceCondition> conditions = [];
        foreach (RuleConfig line in _proxy.Rules)
        {
            if (line.Set is not (RuleSetKind.ForcePersist or RuleSetKind.IgnorePersist)) continue;
            if (!TryCondition(line, 0, out Condition? condition, $"a '{line.Keyword}' rule")) continue;
            if (condition is null)
            {
                Fail(line.Origin, $"'{line.Keyword}' requires either 'if' or 'unless' followed by a condition.");
                continue;
            }

            conditions.Add(new PersistenceCondition(
                condition, line.Set == RuleSetKind.ForcePersist ? PersistenceRule.Force : PersistenceRule.Ignore));
        }

        return [.. conditions];
    }

    /// <summary>
    /// In mode tcp they decide over stick tables, which do not exist yet: their conditions are compiled, so that a
    /// mistake is found, and then there is nothing that they could change.
    /// </summary>
    private void CheckPersistence()
    {
        if (Persistence().Length == 0) return;
        foreach (RuleConfig line in _proxy.Rules)
        {
            if (line.Set is not (RuleSetKind.ForcePersist or RuleSetKind.IgnorePersist)) continue;
            _findings.Report(Code, Severity.Notice, line.Origin, $"'{line.Keyword}' has no effect yet: there are no stick tables.");
        }
    }

    private bool TryCondition(RuleConfig line, int at, out Condition? condition, string what)
    {
        condition = null;
        if (at >= line.Words.Length) return true;
        Word word = line.Words[at];
        if (word.Text is not ("if" or "unless"))
        {
            Fail(word.Origin, $"unexpected keyword '{word.Text}' after {what}, only 'if' and 'unless' are allowed.");
            return false;
        }

        ConditionCompiler compiler = new(_acls, line.Words);
        condition = compiler.Compile(at, Place(line.Set, _proxy.HasFrontend));
        foreach ((string before, string after) in compiler.Incompatibilities) Warn(word.Origin, $"{before} {after}.");
        if (line.Set is RuleSetKind.UseBackend or RuleSetKind.UseServer) WarnOfBytes(compiler, word);
        if (condition is not null) return true;
        Fail(compiler.At, $"error detected while parsing {what} : {compiler.Problem}.", compiler.Hint);
        return false;
    }

    private void WarnOfBytes(ConditionCompiler compiler, Word word)
    {
        if (compiler.ReadsBytes && _proxy.Mode == ProxyMode.Http)
            Warn(word.Origin, $"Proxy '{_proxy.Name}': L6 sample fetches ignored on HTTP proxies (declared at {word.Origin}).");
    }

    /// <summary>Of a name that is made for each session; HAProxy looks at both kinds as at an "http-request" of a frontend.</summary>
    private LogFormat? Format(Word word, string introduction)
    {
        List<CompileFinding> findings = [];
        LogFormat? format = LogFormatCompiler.Compile(
            word.Text, LogVariableRows.All, _context with { Place = FetchContexts.FrontendHttpRequest }, findings, LogFormatUse.Text);
        foreach (CompileFinding finding in findings)
            _findings.Report(Code, finding.Severity, _findings.Part(word, finding.Offset, finding.Length), $"{introduction} : {finding.Message}.", finding.Hint);
        return format;
    }

    private static string Expected(RuleSetKind kind) => string.Join(", ", ActionTable.All
        .Where(row => (row.Sets & RuleSetsOf.Set(kind)) != 0)
        .Select(row => row.HasParentheses ? $"'{row.Name}(*)'" : $"'{row.Name}'")
        .Order(StringComparer.Ordinal));

    private static string? Hint(string name, IEnumerable<string> known) =>
        Expressions.Compilation.Suggestion.For(name, known) is { } guess ? $"did you mean '{guess}'?" : null;

    private void Fail(Origin at, string message, string? hint = null) =>
        _findings.Report(Code, Severity.Alert, at, message, hint);

    private void Warn(Origin at, string message) => _findings.Report(Code, Severity.Warning, at, message);
}
