using System.Security.Cryptography;
using System.Threading;

namespace Hawser.Expressions.Converters;

/// <summary>
/// A key that is ready to use, one user at a time: the library's ciphers are not for several threads at once. A
/// second loop at the same moment makes its own from the key. Lives as long as the configuration.
/// </summary>
internal sealed class SpareCipher(byte[] key)
{
    public const int TagBytes = 16;

    private AesGcm? _spare;

    public AesGcm Rent() => Interlocked.Exchange(ref _spare, null) ?? new AesGcm(key, TagBytes);

    public void Return(AesGcm cipher) => Interlocked.Exchange(ref _spare, cipher)?.Dispose();
}
