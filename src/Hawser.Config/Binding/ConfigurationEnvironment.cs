using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Binding;

/// <summary>Everything outside the files that their meaning depends on. Nothing else is consulted.</summary>
public sealed record ConfigurationEnvironment
{
    /// <summary>Variables at start; a copy is changed by setenv and its family, this one never is.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The HAProxy version that <c>version_atleast</c> and <c>version_before</c> compare with.</summary>
    public string CompatibleVersion { get; init; } = "3.5.0";

    /// <summary>Names for <c>feature(NAME)</c>, as <c>-vv</c> lists them.</summary>
    public IReadOnlySet<string> Features { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Names for <c>enabled(NAME)</c>: run-time options that are on.</summary>
    public IReadOnlySet<string> EnabledOptions { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Library version text for <c>openssl_version_atleast</c> and <c>ssllib_name_startswith</c>.</summary>
    public string TlsLibrary { get; init; } = "";

    /// <summary>True under <c>-dW</c>: warnings are fatal even without <c>zero-warning</c>.</summary>
    public bool WarningsAreFatal { get; init; }

    /// <summary>What conditions ask about, also for <c>-cc</c>.</summary>
    public ConditionFacts FactsFor(VariableScope variables) =>
        new(variables, CompatibleVersion, Features, EnabledOptions, TlsLibrary);

    /// <summary>Whether a directory named inside the configuration can be entered.</summary>
    public Func<string, bool> DirectoryExists { get; init; } = static _ => true;

    /// <summary>
    /// For lines that come at run time ("add server"): the backends that they may name, which are not read here. Null: a
    /// configuration is read.
    /// </summary>
    public Func<string, ProxyConfig?>? FindRunningBackend { get; init; }

    /// <summary>Bytes of a file named inside the configuration, or null when it cannot be read.</summary>
    public Func<string, byte[]?> ReadFile { get; init; } = static _ => null;
}
