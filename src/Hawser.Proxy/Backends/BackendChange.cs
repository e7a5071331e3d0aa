using System;

namespace Hawser.Proxy.Backends;

/// <summary>One server that stays: the object that goes on, and what the new configuration made of its line.</summary>
/// <param name="IsChanged">Its line, or what its backend says of its connections or checks, reads differently now.</param>
public readonly record struct KeptServer(Server Living, Server Built, bool IsChanged);

/// <summary>
/// What a reload makes of one backend that was there before. Made beside the running set, on any thread; applied on the
/// loop of the checks.
/// </summary>
/// <param name="before">Of the running configuration.</param>
/// <param name="after">Of the new one: its servers are the living ones where they stay.</param>
public sealed class BackendChange(Backend before, Backend after)
{
    public Backend Before => before;

    public Backend After => after;

    public KeptServer[] Kept { get; init; } = [];

    public Server[] Added { get; init; } = [];

    public Server[] Removed { get; init; } = [];

    /// <summary>The backend's lines read differently now.</summary>
    public bool IsTextChanged { get; init; }

    /// <summary>The algorithm begins anew, with the servers as they are.</summary>
    private bool IsRebuilt
    {
        get
        {
            if (IsTextChanged || Added.Length > 0 || Removed.Length > 0)
                return true;
            foreach (KeptServer kept in Kept)
            {
                if (kept.Living.Index != kept.Built.Index)
                    return true;
            }

            return false;
        }
    }

    /// <summary>From here on sessions of both sets take servers of the new one.</summary>
    internal void Apply()
    {
        bool isRebuilt = IsRebuilt;
        before.Gate.Enter();
        foreach (KeptServer kept in Kept)
        {
            kept.Living.Adopt(kept.Built);
            kept.Living.Backend = after;
        }

        foreach (Server removed in Removed)
            removed.Retire();
        if (!isRebuilt)
        {
            after.Balancer = before.Balancer;
            after.BackupBalancer = before.BackupBalancer;
        }

        // What an operator has said stays while the files say what they said before.
        bool isSaidAnew = before.Config.IsUnpublished != after.Config.IsUnpublished
            || before.Config.AddedFrom is null != after.Config.AddedFrom is null;
        if (isSaidAnew) after.IsUnpublished = after.Config.IsUnpublished;
        after.Pool.Replace(after, isRebuilt);
        before.Gate.Leave();
    }

    /// <summary>The servers of a backend that the configuration has no more: their sessions end, nothing else comes.</summary>
    internal static void Retire(Backend backend)
    {
        backend.Gate.Enter();
        foreach (Server server in backend.Servers)
        {
            server.Retire();
            backend.ServerChanged(server);
        }

        backend.Gate.Leave();
    }

    /// <summary>Null when there is none.</summary>
    public static Server? Find(Backend? backend, Server built) =>
        backend is null ? null : Array.Find(backend.Servers, living => living.IsSameAs(built));
}
