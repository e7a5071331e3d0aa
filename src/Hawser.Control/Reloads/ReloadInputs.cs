using System;
using System.Collections.Generic;
using Hawser.Config.Binding;

namespace Hawser.Control.Reloads;

/// <summary>What a start has read, and how it is read again.</summary>
public sealed record ReloadInputs
{
    /// <summary>The running configuration's files, as they were when they were read.</summary>
    public required IReadOnlyList<ConfigurationSource> Sources { get; init; }

    /// <summary>
    /// What the configuration may ask about its surroundings, as at the start: what it has set of the environment itself
    /// is not there when it is read again.
    /// </summary>
    public required ConfigurationEnvironment Environment { get; init; }

    /// <summary>Reads the files of the start, or another file or directory; null: it has said why not.</summary>
    public required Func<string?, Action<string>, IReadOnlyList<ConfigurationSource>?> Read { get; init; }

    /// <summary>"-n"; null: as the configuration says.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>"-dW".</summary>
    public bool WarningsAreFatal { get; init; }
}
