using System;
using System.Collections.Generic;
using System.Globalization;
using Hawser.CommandLine;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Printing;
using Hawser.Control.Pages;
using Hawser.Control.Processes;
using Hawser.Control.Reloads;
using Hawser.Control.Stats;
using Hawser.Proxy.Building;

namespace Hawser.Commands;

/// <summary>
/// Reads a configuration again and builds it beside the running one, with the messages of a start: they go to standard
/// error, and to whoever asked.
/// </summary>
internal sealed class FileReloads(
    ReloadInputs inputs, PageServices services, ProcessSettings settings, ProcessMessages messages, int loops, int connectionsMaximum)
    : ReloadSource
{
    private IReadOnlyList<ConfigurationSource> _sources = inputs.Sources;
    private IReadOnlyList<ConfigurationSource>? _nextSources;
    private ConfigModel? _nextModel;
    private int _connectionsMaximum = connectionsMaximum;

    public override ReloadCandidate Prepare(ProxySet running)
    {
        ProcessMessages said = messages.ForReload(isQuiet: false);
        Attempt attempt = new(this, running, said, file: null);
        if (attempt.Set is not { } set)
            return attempt.Refused();
        int sessions = Connections(set.Model, said);
        SetSuccession succession = new(running, set);
        if (!succession.TryPrepare(sessions))
        {
            attempt.TellErrors();
            said.MainAlert("Some protocols failed to start their listeners!");
            return attempt.Refused();
        }

        attempt.TellErrors();
        if (attempt.HasForbiddenWarnings(inputs.WarningsAreFatal))
        {
            succession.Abandon();
            return attempt.Refused();
        }

        ReloadPlan plan = ReloadPlan.Of(running, set);
        foreach (PlanItem item in plan.Items)
        {
            if (item.Change == PlannedChange.NeedsRestart)
                said.Warning(item.Name);
            else if (item.Note is { } note)
                said.Notice($"{item.Kind} {item.Name} {PlanText.Name(item.Change)}: {note}");
        }

        _nextSources = attempt.Sources;
        _nextModel = set.Model;
        return new ReloadCandidate(succession, plan, said.StartupLogs, null);
    }

    public override ReloadCandidate Plan(ProxySet running, string? file)
    {
        ProcessMessages said = messages.ForReload(isQuiet: true);
        Attempt attempt = new(this, running, said, file);
        return attempt.Set is { } set && !attempt.HasForbiddenWarnings(inputs.WarningsAreFatal)
            ? new ReloadCandidate(null, ReloadPlan.Of(running, set), said.StartupLogs, null)
            : attempt.Refused();
    }

    public override string Show(ProxySet running) => TextOf(running).Print();

    public override void Succeeded(ProxySet running)
    {
        if (_nextSources is not { } sources || _nextModel != running.Model)
            return;
        _sources = sources;
        _nextSources = null;
        _connectionsMaximum = running.Process.MaximumSessions;
        ProcessEnvironment.Apply(running.Model.EnvironmentChanges);
    }

    private ConfigurationText TextOf(ProxySet running) =>
        running.Text ??= ConfigurationText.Read(
            DynamicBackends.Source(running, next: null, static (_, _) => { }) is { } added ? [.. _sources, added] : _sources, inputs.Environment);

    /// <summary>As many as are asked for, where the descriptor limit has room for them.</summary>
    private int Connections(ConfigModel model, ProcessMessages said)
    {
        int wanted = inputs.MaxConnections ?? model.Global.MaxConnections?.Value ?? _connectionsMaximum;
        ulong descriptors = ResourceLimits.OpenFiles().Soft;
        int fitting = (int)Math.Min(int.MaxValue, descriptors / 2);
        if (wanted <= _connectionsMaximum || wanted <= fitting)
            return wanted;
        said.Warning(string.Create(
            CultureInfo.InvariantCulture,
            $"maxconn: {wanted} needs more descriptors than this process may have ({descriptors}): {_connectionsMaximum} stays until a new process."));
        return _connectionsMaximum;
    }

    /// <summary>One reading.</summary>
    private sealed class Attempt
    {
        private readonly ProcessMessages _said;
        private readonly GlobalConfig _running;
        private readonly BuildErrors _errors = new();
        private int _warningsTold;

        public Attempt(FileReloads owner, ProxySet running, ProcessMessages said, string? file)
        {
            _said = said;
            _running = running.Model.Global;
            Sources = owner.Inputs.Read(file, said.Alert);
            if (Sources is null)
                return;
            _ = owner.TextOf(running);
            Config.Lint.Views.ConfigurationViewBuilder view = new();
            ConfigurationResult result = ConfigurationReader.Read(Sources, owner.Inputs.Environment, view.Add);
            if (result.Model is { } files && DynamicBackends.Source(running, files, SayLost) is { } added)
            {
                view = new Config.Lint.Views.ConfigurationViewBuilder();
                result = ConfigurationReader.Read([.. Sources, added], owner.Inputs.Environment, view.Add);
            }

            DiagnosticPrinter.Print(result.Diagnostics, showsDiagnostics: false, said);
            if (result.Model is not { } model)
                return;
            DiagnosticBag findings = new(result.LineAt);
            ConfigurationText text = ConfigurationText.Of(view.Build());
            Set = ProxyComposition.BuildBeside(running, model, owner.Settings, owner.Messages, owner.Loops, text, owner.Services, _errors, findings);
            DiagnosticPrinter.Print(findings.Items, showsDiagnostics: false, said);
            HasUnreadable = Array.Exists(
                [.. findings.Items], static item => item.Severity == Severity.Alert && item.Message.Contains("open", StringComparison.Ordinal));
            TellErrors();
            if (Set is not null) Set.Restored = new ServerStateReader(Set, said.Notice, said.Warning).Read();
        }

        private void SayLost(string backend, string why) => _said.Warning($"backend {backend}, added at run time, is lost: {why}.");

        public IReadOnlyList<ConfigurationSource>? Sources { get; }

        /// <summary>Null when it could not be read or built, which has been said.</summary>
        public ProxySet? Set { get; }

        public void TellErrors()
        {
            foreach (string alert in _errors.Alerts)
                _said.Alert(alert);
            for (; _warningsTold < _errors.Warnings.Count; _warningsTold++)
                _said.Warning(_errors.Warnings[_warningsTold]);
        }

        public bool HasForbiddenWarnings(bool areFatal)
        {
            if (_said.Warnings == 0 || !(areFatal || Set?.Model.Global.ZeroWarning == true))
                return false;
            _said.Alert("Some warnings were found and 'zero-warning' is set. Aborting.");
            return true;
        }

        /// <summary>A file that the configuration names could not be opened.</summary>
        private bool HasUnreadable { get; }

        /// <summary>What the process has given up; empty: nothing.</summary>
        private string Identity()
        {
            List<string> given = [];
            if (_running.Chroot is { } root)
                given.Add($"the root directory '{root.Value}'");
            if (_running.User is { } user)
                given.Add($"the user '{user.Value}'");
            else if (_running.UserId is { Value: > 0 } id)
                given.Add(string.Create(CultureInfo.InvariantCulture, $"the user {id.Value}"));
            return string.Join(" and ", given);
        }

        public ReloadCandidate Refused()
        {
            const string Problem = "the running configuration goes on.";
            if (Identity() is { Length: > 0 } identity && (Sources is null || _errors.Alerts.Count > 0 || HasUnreadable))
            {
                _said.Alert($"config : this process has {identity} since its start: a reload reads its files and binds its ports as such. "
                    + "What that user must not do there takes a new process ('-sf').");
            }

            _said.Alert("config : Fatal errors found in configuration.");
            return new ReloadCandidate(null, null, _said.StartupLogs, Problem);
        }
    }

    private ReloadInputs Inputs => inputs;

    private PageServices Services => services;

    private ProcessSettings Settings => settings;

    private ProcessMessages Messages => messages;

    private int Loops => loops;
}
