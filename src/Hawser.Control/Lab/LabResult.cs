namespace Hawser.Control.Lab;

/// <summary>What a case came to.</summary>
/// <param name="Line">Null when the proxy logged nothing in time.</param>
/// <param name="ClientReset">The client's connection was reset.</param>
/// <param name="ServerReset">The server's connection was reset.</param>
public sealed record LabResult(
    LabCase Case,
    Timeline Timeline,
    SessionLine? Line,
    DirectionLedger Request,
    DirectionLedger Response,
    bool ClientReset,
    bool ServerReset)
{
    /// <summary>The first difference from what the case describes; null when there is none.</summary>
    /// <param name="hasLedger">The proxy's line carries the ledger, which must then balance.</param>
    public string? Difference(bool hasLedger)
    {
        if (Line is null) return "the proxy logged no session";
        if (Line.State != Case.State) return $"the state is {Line.State}, not {Case.State}";
        if (Differs(Request, Case.MissingRequest)) return $"the request misses {Request.Missing} bytes";
        if (Differs(Response, Case.MissingResponse)) return $"the response misses {Response.Missing} bytes";
        if (Case.Told == LabParty.Client && !ClientReset) return "the client's connection was not reset";
        if (Case.Told == LabParty.Server && !ServerReset) return "the server's connection was not reset";
        if (!hasLedger) return null;
        if (!Request.IsBalanced) return $"the request's ledger is off by {Request.Unnamed} bytes";
        return Response.IsBalanced ? null : $"the response's ledger is off by {Response.Unnamed} bytes";
    }

    private static bool Differs(DirectionLedger ledger, long missing) =>
        missing == LabCase.SomeBytes ? ledger.Missing <= 0 : ledger.Missing != missing;
}
