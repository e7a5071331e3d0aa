using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Hawser.Base.Random;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Balancing;
using Xunit;

namespace Hawser.Tests.Proxy.Balancing;

/// <summary>
/// balance random cannot choose what HAProxy chooses, but it must choose as often. A draw hits a server with its share
/// of the circle; of n draws the least loaded server for its weight is taken. So a server is chosen when all draws hit
/// it or a more loaded one, but not all a more loaded one. HAProxy's recorded counts and ours are both held to that.
/// </summary>
public sealed class RandomDrawsTests
{
    private const int ManyChoices = 40_000;

    /// <summary>With the fixed seed this decides once and for all; for the recording it has held already.</summary>
    private const double Deviations = 5;

    public static TheoryData<string> Rows
    {
        get
        {
            TheoryData<string> rows = [];
            foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Proxy", "Balancing", "Vectors", "random.txt")))
            {
                if (line.Length > 0 && line[0] != '#')
                    rows.Add(line);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_server_is_chosen_as_often_as_the_draws_and_the_loads_say(string row)
    {
        int[][] parts = [.. row.Split('|').Select(Numbers)];
        int draws = parts[0][0];
        int[] weights = parts[1];
        int[] loads = parts[2];
        double[] expected = Expected(draws, weights, loads);

        HoldsTo(expected, parts[3], "HAProxy");
        HoldsTo(expected, Choices(draws, weights, loads, ManyChoices), "Hawser");
    }

    [Fact]
    public void Equally_loaded_servers_take_turns_when_all_of_them_are_drawn()
    {
        Server[] servers = Farm.NewServers(1, 1, 1);
        Farm farm = new(new RandomDraws(draws: 200, 0, new Prng(3)), servers);

        List<int> chosen = [.. Enumerable.Range(0, 30).Select(_ => farm.Get()!.Index)];

        for (int i = 3; i < chosen.Count; i++)
            Assert.Equal(chosen[i - 3], chosen[i]);
    }

    private static double[] Expected(int draws, int[] weights, int[] loads)
    {
        int[] hits = Choices(draws: 1, weights, new int[weights.Length], ManyChoices);
        double[] expected = new double[weights.Length];
        for (int server = 0; server < weights.Length; server++)
        {
            double ratio = (double)loads[server] / weights[server];
            double more = Enumerable.Range(0, weights.Length)
                .Where(other => (double)loads[other] / weights[other] > ratio)
                .Sum(other => (double)hits[other] / ManyChoices);
            double own = (double)hits[server] / ManyChoices;
            expected[server] = Math.Pow(more + own, draws) - Math.Pow(more, draws);
        }

        return expected;
    }

    /// <summary>How often each server is chosen by sessions that end at once, while the given ones stay.</summary>
    private static int[] Choices(int draws, int[] weights, int[] loads, int sessions)
    {
        Server[] servers = Farm.NewServers(weights);
        for (int server = 0; server < servers.Length; server++)
            servers[server].ActiveSessions = loads[server];
        Farm farm = new(new RandomDraws(draws, 0, new Prng(11)), servers);
        int[] counts = new int[servers.Length];
        for (int session = 0; session < sessions; session++)
            counts[farm.Get()!.Index]++;
        return counts;
    }

    private static void HoldsTo(double[] expected, int[] counts, string who)
    {
        int sessions = counts.Sum();
        for (int server = 0; server < counts.Length; server++)
        {
            double mean = sessions * expected[server];
            double margin = 1 + (Deviations * Math.Sqrt(mean * (1 - expected[server])));
            Assert.True(Math.Abs(counts[server] - mean) <= margin,
                $"{who} chose server {server + 1} {counts[server]} times of {sessions}, must be {mean:F0} ± {margin:F0}");
        }
    }

    private static int[] Numbers(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
}
