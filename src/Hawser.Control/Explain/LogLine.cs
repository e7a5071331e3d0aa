namespace Hawser.Control.Explain;

/// <summary>
/// What one log line says, field by field. Null: the line does not have the field, or was cut before it. Times are in
/// milliseconds; -1 in a timer means, as in the line, that this point was never reached.
/// </summary>
public sealed record LogLine
{
    public required LogLineKind Kind { get; init; }

    /// <summary>The line as given, control characters replaced.</summary>
    public required string Text { get; init; }

    public SyslogPrefix Prefix { get; init; } = new();

    /// <summary>Address and port; <c>unix:1</c> for a client on a UNIX socket.</summary>
    public string? Client { get; init; }

    /// <summary>As written, without brackets.</summary>
    public string? Date { get; init; }

    public string? Frontend { get; init; }

    /// <summary>The frontend's name carried the '~' of a TLS listener.</summary>
    public bool IsTls { get; init; }

    /// <summary>The name of the <c>bind</c> line, in <see cref="LogLineKind.Error"/>.</summary>
    public string? Listener { get; init; }

    public string? Backend { get; init; }
    public string? Server { get; init; }

    /// <summary>Where the client connected to, in <see cref="LogLineKind.Connect"/>.</summary>
    public string? Destination { get; init; }

    /// <summary>TCP or HTTP, in <see cref="LogLineKind.Connect"/>.</summary>
    public string? Mode { get; init; }

    /// <summary>The sentence of <see cref="LogLineKind.Error"/> and <see cref="LogLineKind.Process"/>.</summary>
    public string? Message { get; init; }

    public long? HandshakeMs { get; init; }
    public long? RequestMs { get; init; }
    public long? QueueMs { get; init; }
    public long? ConnectMs { get; init; }
    public long? ResponseMs { get; init; }

    /// <summary>Tt of a TCP session, Ta of a request.</summary>
    public long? TotalMs { get; init; }

    /// <summary><c>option logasap</c>: time and bytes went on after the line was written.</summary>
    public bool IsEarly { get; init; }

    public int? Status { get; init; }

    /// <summary>From the server to the client.</summary>
    public long? BytesRead { get; init; }

    /// <summary>From the client to the server.</summary>
    public long? BytesUploaded { get; init; }

    public string? RequestCookie { get; init; }
    public string? ResponseCookie { get; init; }

    /// <summary>Two letters, or four in http formats.</summary>
    public string? Termination { get; init; }

    public long? ProcessConnections { get; init; }
    public long? FrontendConnections { get; init; }
    public long? BackendConnections { get; init; }
    public long? ServerConnections { get; init; }
    public long? Retries { get; init; }
    public bool IsRedispatched { get; init; }
    public long? ServerQueue { get; init; }
    public long? BackendQueue { get; init; }
    public string? RequestHeaders { get; init; }
    public string? ResponseHeaders { get; init; }
    public string? Request { get; init; }

    /// <summary>Errors, name and cipher of a TLS connection as httpslog writes them.</summary>
    public string? Tls { get; init; }

    /// <summary>Bytes of the loss ledger; -1 is never written.</summary>
    public LossFields Loss { get; init; } = new();

    /// <summary>What follows the fields of a known format: those of a <c>log-format</c> of the user's own.</summary>
    public string? Rest { get; init; }

    /// <summary>The log-format of the user's own that wrote it; null: a standard format.</summary>
    public string? Format { get; init; }

    /// <summary>Why its fields are not certain; null: they are.</summary>
    public string? Doubt { get; init; }

    /// <summary>The field at which the line was cut; null when it is whole.</summary>
    public string? CutAt { get; init; }

    public bool IsHttp => Kind is LogLineKind.Http or LogLineKind.HttpClf or LogLineKind.Https;

    /// <summary>True for a line about a whole session or request.</summary>
    public bool IsSession => Kind is LogLineKind.Tcp or LogLineKind.TcpClf || IsHttp;

    /// <summary>The session never had a server.</summary>
    public bool HasNoServer => Server is "<NOSRV>" or "-" or null;

    /// <summary>Letter of the termination state, '-' where the line has none.</summary>
    public char TerminationAt(int index) => Termination is { } state && index < state.Length ? state[index] : '-';
}
