using System;

namespace Hawser.Compare.Load;

/// <summary>What a client and the origin say to each other, byte by byte; every answer is compared whole.</summary>
/// <param name="ClosesAfterAnswer">One exchange per connection; the origin closes first, as HTTP/1.0 does.</param>
internal sealed record Exchange(int AnswerBytes, bool ClosesAfterAnswer)
{
    public const int SmallAnswerBytes = 37;

    public const int LargeAnswerBytes = 1 << 20;

    public const int RequestBytes = 37;

    private const int Seed = 20_260;

    public byte[] Request { get; private init; } = Bytes(RequestBytes);

    public byte[] Answer { get; private init; } = Bytes(AnswerBytes);

    /// <summary>A request and its answer in HTTP/1.1, so written that a proxy passes them on as they are.</summary>
    public static Exchange Http()
    {
        byte[] answer = [.. "HTTP/1.1 200 OK\r\ncontent-length: 37\r\n\r\n"u8, .. Bytes(SmallAnswerBytes)];
        return new Exchange(answer.Length, ClosesAfterAnswer: false)
        {
            Request = "GET / HTTP/1.1\r\nhost: bench\r\n\r\n"u8.ToArray(),
            Answer = answer,
        };
    }

    private static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(Seed).NextBytes(bytes);
        return bytes;
    }
}
