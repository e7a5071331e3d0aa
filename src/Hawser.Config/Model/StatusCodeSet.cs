using System.Collections.Generic;
using System.Collections.Immutable;

namespace Hawser.Config.Model;

/// <summary>HTTP status codes from 100 to 599.</summary>
/// <param name="Ranges">Ascending, apart from one another, both ends included.</param>
public sealed record StatusCodeSet(ImmutableArray<(int Low, int High)> Ranges)
{
    private const int Min = 100;
    private const int Max = 599;

    /// <summary>What counts as an error of the client when nothing is written.</summary>
    public static StatusCodeSet Errors { get; } = new([(400, 499)]);

    /// <summary>What counts as a failure of the server when nothing is written.</summary>
    public static StatusCodeSet Failures { get; } = new([(500, 500), (502, 504), (506, 599)]);

    public bool Contains(int status)
    {
        foreach ((int low, int high) in Ranges)
        {
            if (status >= low && status <= high) return true;
        }
        return false;
    }

    /// <summary>These codes without some, or together with them.</summary>
    public StatusCodeSet With(IReadOnlyList<(int Low, int High)> ranges, bool isIn)
    {
        ImmutableArray<(int Low, int High)>.Builder result = ImmutableArray.CreateBuilder<(int Low, int High)>();
        StatusCodeSet others = new([.. ranges]);
        int first = 0;
        for (int status = Min; status <= Max + 1; status++)
        {
            bool has = status <= Max && (others.Contains(status) ? isIn : Contains(status));
            if (has && first == 0) first = status;
            if (has || first == 0) continue;
            result.Add((first, status - 1));
            first = 0;
        }
        return new StatusCodeSet(result.ToImmutable());
    }
}
