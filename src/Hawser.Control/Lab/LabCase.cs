using System;

namespace Hawser.Control.Lab;

/// <summary>One reproduction: a configuration, two scripted applications, and what must come of it.</summary>
public sealed record LabCase(string Name, string Story)
{
    /// <summary>For <see cref="MissingRequest"/> and <see cref="MissingResponse"/>: how much depends on the kernel's buffers.</summary>
    public const long SomeBytes = -1;

    public required int TimeoutClientMs { get; init; }

    public required int TimeoutServerMs { get; init; }

    /// <summary>The words after <c>on-timeout</c>; null leaves the line out. Only Hawser knows the keyword.</summary>
    public string? OnTimeout { get; init; }

    public required Action<Endpoint> Client { get; init; }

    public required Action<Endpoint> Server { get; init; }

    /// <summary>HAProxy's two letters (manual, 8.5).</summary>
    public required string State { get; init; }

    /// <summary>Bytes that the client sends and the server never reads.</summary>
    public long MissingRequest { get; init; }

    /// <summary>Bytes that the server sends and the client never reads.</summary>
    public long MissingResponse { get; init; }

    /// <summary>The application whose connection must be reset, so that it knows.</summary>
    public LabParty? Told { get; init; }
}
