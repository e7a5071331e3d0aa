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

    public byte[] Request { get; } = Bytes(RequestBytes);

    public byte[] Answer { get; } = Bytes(AnswerBytes);

    private static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(Seed).NextBytes(bytes);
        return bytes;
    }
}
