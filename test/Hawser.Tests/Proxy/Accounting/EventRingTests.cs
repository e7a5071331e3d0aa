using System;
using System.Text;
using System.Threading;
using Hawser.Proxy.Accounting;
using Xunit;

namespace Hawser.Tests.Proxy.Accounting;

public sealed class EventRingTests
{
    [Fact]
    public void Events_are_read_in_their_order_until_newer_ones_take_their_places()
    {
        EventRing ring = new("x", "y");
        for (int number = 0; number < 1500; number++) ring.Write(Encoding.ASCII.GetBytes($"event {number}"));
        Assert.Equal((476L, 1500L, 0L), (ring.First, ring.Next, ring.Dropped));
        Assert.Null(Read(ring, 475));
        for (int number = 476; number < 1500; number++) Assert.Equal($"event {number}", Read(ring, number));
        Assert.Null(Read(ring, 1500));
    }

    [Fact]
    public void A_long_event_is_cut()
    {
        EventRing ring = new("x", "y");
        ring.Write(new byte[3000]);
        Assert.Equal(EventRing.LongestEventBytes, Read(ring, 0)!.Length);
    }

    [Fact]
    public void Events_of_several_writers_are_whole()
    {
        EventRing ring = new("x", "y");
        Thread[] writers = new Thread[4];
        for (int index = 0; index < writers.Length; index++)
        {
            byte letter = (byte)('a' + index);
            writers[index] = new Thread(() =>
            {
                byte[] line = new byte[600];
                line.AsSpan().Fill(letter);
                for (int count = 0; count < 20_000; count++) ring.Write(line.AsSpan(0, 100 + (count % 500)));
            });
        }

        foreach (Thread writer in writers) writer.Start();
        while (ring.Next < 80_000)
        {
            for (long number = ring.First; number < ring.Next; number++)
            {
                if (Read(ring, number) is { } line) Assert.Equal(new string(line[0], line.Length), line);
            }
        }

        foreach (Thread writer in writers) writer.Join();
    }

    private static string? Read(EventRing ring, long number)
    {
        byte[] line = new byte[EventRing.LongestEventBytes];
        int length = ring.Read(number, line);
        return length < 0 ? null : Encoding.ASCII.GetString(line, 0, length);
    }
}
