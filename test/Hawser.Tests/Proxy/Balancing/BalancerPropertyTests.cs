using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using Hawser.Base.Random;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Balancing;
using Xunit;

namespace Hawser.Tests.Proxy.Balancing;

public sealed class BalancerPropertyTests
{
    private static readonly Gen<int[]> s_weights = Gen.Int[1, 20].Array[1, 12];

    private static Balancer[] All() =>
    [
        new RoundRobin(), new StaticRoundRobin(), new LeastConn(), new First(), new MapHash(), new ConsistentHash(150),
        new RandomDraws(2, 0, new Prng(1)),
    ];

    [Fact]
    public void The_turns_of_a_full_cycle_are_the_weights()
    {
        s_weights.Sample(weights =>
        {
            foreach (Balancer balancer in (Balancer[])[new RoundRobin(), new StaticRoundRobin()])
            {
                Farm farm = new(balancer, Farm.NewServers(weights));
                int[] turns = new int[weights.Length];
                int rounds = 3;
                for (int session = 0; session < rounds * weights.Sum(); session++)
                    turns[farm.Get()!.Index]++;
                for (int index = 0; index < weights.Length; index++)
                    Assert.InRange(turns[index], (rounds * weights[index]) - 1, (rounds * weights[index]) + 1);
            }
        });
    }

    [Fact]
    public void No_usable_server_starves_whatever_states_and_weights_change()
    {
        Gen.Select(s_weights, Gen.Int[0, 1 << 20].Array[0, 30]).Sample((weights, changes) =>
        {
            foreach (Balancer balancer in (Balancer[])[new RoundRobin(), new StaticRoundRobin(), new LeastConn()])
            {
                Farm farm = new(balancer, Farm.NewServers(weights));
                foreach (int change in changes)
                {
                    int number = (change % weights.Length) + 1;
                    if (change % 3 == 0)
                        farm.SetWeight(number, change / 64 % 20);
                    else
                        farm.SetMaintenance(number, change % 3 == 1);
                    farm.Get();
                }

                HashSet<Server> usable = [.. farm.Servers.Where(server => server.IsUsable)];
                HashSet<Server> seen = [];
                for (int session = 0; session < 20 * 20 * 12 * Server.WeightScale && seen.Count < usable.Count; session++)
                {
                    if (farm.Get() is { } server)
                        seen.Add(server);
                }

                bool isStatic = balancer is StaticRoundRobin;
                Assert.True(isStatic ? seen.IsSubsetOf(usable) : seen.SetEquals(usable));
            }
        });
    }

    [Fact]
    public void The_server_to_avoid_is_avoided_when_another_is_usable_and_taken_when_none_is()
    {
        Gen.Select(s_weights, Gen.UInt).Sample((weights, hash) =>
        {
            foreach (Balancer balancer in All().Where(balancer => balancer is not MapHash))
            {
                Server[] servers = Farm.NewServers(weights);
                balancer.Start(servers);
                BalanceKey key = new(hash, HasKey: true);
                Server first = balancer.Choose(key, null)!;
                Server second = balancer.Choose(key, first)!;
                Assert.Equal(weights.Length == 1, second == first);
            }
        });
    }

    [Fact]
    public void A_server_that_leaves_moves_only_its_own_keys_and_gets_them_back()
    {
        Gen.Select(s_weights.Where(weights => weights.Length > 1), Gen.UInt.Array[50]).Sample((weights, hashes) =>
        {
            Farm farm = new(new ConsistentHash(0), Farm.NewServers(weights));
            Server?[] before = Array.ConvertAll(hashes, hash => farm.Get(new BalanceKey(hash, HasKey: true)));
            farm.SetMaintenance(1, true);
            for (int index = 0; index < hashes.Length; index++)
            {
                Server? now = farm.Get(new BalanceKey(hashes[index], HasKey: true));
                Assert.NotEqual("1", now!.Name);
                if (before[index]!.Name != "1")
                    Assert.Equal(before[index], now);
            }

            farm.SetMaintenance(1, false);
            Assert.Equal(before, Array.ConvertAll(hashes, hash => farm.Get(new BalanceKey(hash, HasKey: true))));
        });
    }

    [Fact]
    public void Random_draws_follow_the_weights_and_spread_the_load()
    {
        Server[] servers = Farm.NewServers(10, 20, 30);
        Farm farm = new(new RandomDraws(2, 0, new Prng(7)), servers);
        for (int session = 0; session < 600; session++)
            Assert.NotNull(farm.Open());
        Assert.InRange(servers[0].ActiveSessions, 85, 115);
        Assert.InRange(servers[1].ActiveSessions, 180, 220);
        Assert.InRange(servers[2].ActiveSessions, 280, 320);
    }

    [Fact]
    public void No_server_goes_beyond_the_hash_balance_factor()
    {
        Server[] servers = Farm.NewServers(1, 1, 1, 1);
        Farm farm = new(new ConsistentHash(150), servers);
        for (int session = 1; session <= 200; session++)
        {
            farm.Open(new BalanceKey(12345, HasKey: true));
            Assert.All(servers, server => Assert.InRange(server.ActiveSessions, 0, ((session * 150) + 399) / 400));
        }
    }

    [Fact]
    public void Choosing_allocates_nothing()
    {
        foreach (Balancer balancer in All())
        {
            Farm farm = new(balancer, Farm.NewServers(5, 3, 1, 20, 7));
            for (uint session = 0; session < 2000; session++)
                farm.Get(new BalanceKey(session * 2654435761, HasKey: true));
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (uint session = 0; session < 2000; session++)
                farm.Get(new BalanceKey(session * 2654435761, HasKey: true));
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    /// <summary>A process may have as many backends as others have servers: 32 KiB of scratch in each were 320 MB.</summary>
    [Fact]
    public void The_balancer_of_a_backend_of_one_server_takes_little_memory()
    {
        foreach (Func<Balancer> make in (Func<Balancer>[])[
            static () => new RoundRobin(), static () => new StaticRoundRobin(), static () => new LeastConn(), static () => new First(),
            static () => new MapHash(), static () => new ConsistentHash(150), static () => new RandomDraws(2, 0, new Prng(1))])
        {
            Server[] servers = Farm.NewServers(1);
            make().Start(servers);
            long before = GC.GetAllocatedBytesForCurrentThread();
            make().Start(servers);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2048);
        }
    }

    [Fact]
    public void A_change_of_weight_allocates_nothing_that_the_ring_has_had_room_for()
    {
        Farm farm = new(new ConsistentHash(0), Farm.NewServers(200, 3, 256));
        farm.SetWeight(1, 100);
        Server changing = farm.Servers[0];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int weight = 1; weight <= 200; weight++)
            farm.SetWeight(changing, weight);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Servers_that_are_down_are_never_drawn_and_the_last_one_that_is_up_always_is()
    {
        for (int last = 1; last <= 3; last++)
        {
            Farm farm = new(new RandomDraws(2, 0, new Prng(1)), Farm.NewServers(1, 1, 1));
            for (int number = 1; number <= 3; number++)
                farm.SetMaintenance(number, number != last);
            for (int session = 0; session < 20; session++)
                Assert.Equal(farm.Servers[last - 1], farm.Get());
            farm.SetMaintenance(last, true);
            Assert.Null(farm.Get());
        }
    }

    /// <summary>A ring that has seen changes and one that begins with their outcome choose the same.</summary>
    [Fact]
    public void The_way_to_a_state_leaves_no_trace_on_the_ring()
    {
        Gen.Select(s_weights, Gen.Int[0, 1 << 20].Array[0, 30], Gen.UInt.Array[50]).Sample((weights, changes, hashes) =>
        {
            Farm changed = new(new ConsistentHash(0), Farm.NewServers(weights));
            foreach (int change in changes)
            {
                int number = (change % weights.Length) + 1;
                if (change % 3 == 0)
                    changed.SetWeight(number, change / 64 % 40);
                else
                    changed.SetMaintenance(number, change % 3 == 1);
            }

            Server[] servers = Farm.NewServers([.. changed.Servers.Select(static server => server.Weight)]);
            for (int index = 0; index < servers.Length; index++)
                servers[index].IsInMaintenance = changed.Servers[index].IsInMaintenance;
            Farm fresh = new(new ConsistentHash(0), servers);
            foreach (uint hash in hashes)
            {
                BalanceKey key = new(hash, HasKey: true);
                Assert.Equal(fresh.Get(key)?.Name, changed.Get(key)?.Name);
                Assert.Equal(fresh.Get()?.Name, changed.Get()?.Name);
            }
        });
    }

    [Fact]
    public void Ten_thousand_servers_of_mixed_weights_are_mapped_and_chosen_in_turn()
    {
        int[] weights = Enumerable.Range(0, 10_000).Select(index => (index % 3) + 1).ToArray();
        Farm farm = new(new StaticRoundRobin(), Farm.NewServers(weights));
        int[] turns = new int[weights.Length];
        for (int session = 0; session < weights.Sum(); session++)
            turns[farm.Get()!.Index]++;
        Assert.Equal(weights, turns);
    }
}
