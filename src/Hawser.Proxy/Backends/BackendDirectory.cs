using System;
using System.Collections.Generic;
using System.Threading;

namespace Hawser.Proxy.Backends;

/// <summary>
/// The backends of one configuration by name. All loops look names up that requests have made; loop 0 adds and removes
/// backends by putting another table in the place of this one, so that nobody ever sees one change.
/// </summary>
public sealed class BackendDirectory
{
    private Dictionary<string, Backend> _byName = new(StringComparer.Ordinal);

    /// <summary>The table of the moment.</summary>
    public Dictionary<string, Backend> ByName => Volatile.Read(ref _byName);

    /// <summary>Null when there is none of that name.</summary>
    public Backend? Find(ReadOnlySpan<char> name) =>
        ByName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out Backend? backend) ? backend : null;

    /// <summary>While the configuration is built, before anybody looks.</summary>
    internal void Fill(Backend backend) => _byName[backend.Name] = backend;

    internal void Add(Backend backend) =>
        Volatile.Write(ref _byName, new Dictionary<string, Backend>(_byName, StringComparer.Ordinal) { [backend.Name] = backend });

    internal void Remove(Backend backend)
    {
        Dictionary<string, Backend> rest = new(_byName, StringComparer.Ordinal);
        rest.Remove(backend.Name);
        Volatile.Write(ref _byName, rest);
    }
}
