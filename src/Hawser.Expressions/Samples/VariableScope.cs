namespace Hawser.Expressions.Samples;

/// <summary>How long a variable lives and who shares it (manual, section 2.8).</summary>
public enum VariableScope : byte
{
    /// <summary>proc: the whole process.</summary>
    Process,

    /// <summary>sess: a client connection.</summary>
    Session,

    /// <summary>txn: a request and its response.</summary>
    Transaction,

    /// <summary>req: while the request is processed.</summary>
    Request,

    /// <summary>res: while the response is processed.</summary>
    Response,

    /// <summary>check: a health check.</summary>
    Check,
}
