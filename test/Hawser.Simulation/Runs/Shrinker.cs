using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Simulation.Faults;

namespace Hawser.Simulation.Runs;

/// <summary>
/// Makes a failing run short: fewer clients, then fewer kinds of faults, as long as the same invariant breaks. Each
/// client and each fault has a stream of randomness of its own, so that leaving one out leaves the others as they were.
/// </summary>
internal static class Shrinker
{
    /// <summary>Runs that are tried at most.</summary>
    private const int AttemptsMaximum = 400;

    public static RunResult Shrink(RunResult failed)
    {
        Search search = new(failed);
        search.CutTheEnd();
        search.LeaveClientsOut();
        search.LeaveFaultsOut();
        search.LeaveClientsOut();
        return search.Best;
    }

    private sealed class Search(RunResult failed)
    {
        private readonly string _invariant = failed.Violation!.Invariant;
        private int _attempts;

        public RunResult Best { get; private set; } = failed;

        /// <summary>Clients that come after the failure have nothing to do with it.</summary>
        public void CutTheEnd()
        {
            int low = 1;
            int high = Best.Options.Sessions;
            while (low < high && _attempts < AttemptsMaximum)
            {
                int middle = (low + high) / 2;
                if (Try(Best.Options with { Sessions = middle }))
                    high = middle;
                else
                    low = middle + 1;
            }
        }

        /// <summary>Halves, quarters and so on of the clients, down to single ones (delta debugging).</summary>
        public void LeaveClientsOut()
        {
            List<int> clients = [.. Best.Options.Only ?? Enumerable.Range(0, Best.Options.Sessions).ToHashSet()];
            clients.Sort();
            for (int piece = Math.Max(1, clients.Count / 2); clients.Count > 1 && _attempts < AttemptsMaximum;)
            {
                bool isSmaller = false;
                for (int start = 0; start < clients.Count && _attempts < AttemptsMaximum; start += piece)
                {
                    List<int> rest = [.. clients.Take(start), .. clients.Skip(start + piece)];
                    if (rest.Count == 0 || !Try(Best.Options with { Only = rest.ToHashSet() }))
                        continue;
                    clients = rest;
                    isSmaller = true;
                    start -= piece;
                }

                if (piece == 1 && !isSmaller)
                    break;
                piece = Math.Max(1, piece / 2);
            }
        }

        public void LeaveFaultsOut()
        {
            foreach (FaultKind kind in Enum.GetValues<FaultKind>())
            {
                if (!Best.Options.Without.Contains(kind) && Best.Faults.ContainsKey(kind.ToString()))
                    Try(Best.Options with { Without = [.. Best.Options.Without, kind] });
            }
        }

        private bool Try(RunOptions options)
        {
            _attempts++;
            RunResult result = Simulation.Run(options);
            if (result.Violation?.Invariant != _invariant)
                return false;
            Best = result;
            return true;
        }
    }
}
