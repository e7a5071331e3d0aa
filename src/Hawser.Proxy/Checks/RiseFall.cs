using System;
using Hawser.Config.Model;

namespace Hawser.Proxy.Checks;

/// <summary>
/// The counting of results: <c>rise</c> successes in a row bring a server up, <c>fall</c> failures take it down. One
/// counter from 0 (down for certain) over <c>rise</c> (just up) to <c>rise + fall - 1</c> (up for certain); a result
/// against the certain state moves it by one, one that confirms it, or a step back, jumps to the end.
/// </summary>
public record struct RiseFall
{
    /// <param name="rise">1 and up.</param>
    /// <param name="fall">1 and up.</param>
    public RiseFall(int rise, int fall, InitState initial)
    {
        Rise = rise;
        Fall = fall;
        Health = initial switch
        {
            InitState.FullyUp => Maximum,
            InitState.Up => rise,
            InitState.Down => rise - 1,

            // Without "init-state" a server starts up, but one failure is enough: HAProxy 3.5 counts from the bottom.
            _ => 0,
        };
    }

    public int Rise { get; }

    public int Fall { get; }

    public int Health { get; private set; }

    public readonly int Maximum => Rise + Fall - 1;

    /// <summary>What the results say; the server's state follows only when a result changes it.</summary>
    public readonly bool IsUp => Health >= Rise;

    /// <summary>True when the counter moved.</summary>
    public bool Succeed()
    {
        int before = Health;
        Health = Health + 1 >= Rise ? Maximum : Health + 1;
        return Health != before;
    }

    /// <inheritdoc cref="Succeed"/>
    public bool Fail()
    {
        int before = Health;
        Health = Health > Rise ? Health - 1 : 0;
        return Health != before;
    }

    /// <summary>An operator says so.</summary>
    public void Force(bool isUp) => Health = isUp ? Maximum : 0;

    /// <summary>From a state file: up for certain, just up while it warms up, as it was while it was stopping.</summary>
    public void Restore(ServerHealth state, bool isStarting, int health) => Health = state switch
    {
        ServerHealth.Down => 0,
        ServerHealth.Stopping => Math.Clamp(health, Rise, Maximum),
        _ => isStarting ? Rise : Maximum,
    };

    /// <summary>Just up: a server that leaves maintenance serves at once, and one failure takes it down.</summary>
    public void Restart() => Health = Rise;

    /// <summary>Leaves so much that <paramref name="failures"/> more failures take it down, if it had more.</summary>
    public void LeaveFailures(int failures) => Health = Math.Min(Health, Rise + failures - 1);

    /// <summary>As HAProxy shows it: "2/3 UP" is two failures away from down, "1/2 DOWN" one success from up.</summary>
    public override readonly string ToString() =>
        IsUp ? $"{Health - Rise + 1}/{Fall} UP" : $"{Health}/{Rise} DOWN";
}
