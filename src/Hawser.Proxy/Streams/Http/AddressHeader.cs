using System;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Hawser.Base.Network;
using Hawser.Config.Model;
using Hawser.Protocols.Http;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// "option forwardfor" or "option originalto" of one proxy (manual, section 4.2): a header with an address of the
/// client's connection. Immutable.
/// </summary>
public sealed class AddressHeader
{
    private readonly byte[] _name;
    private readonly bool _isIfNone;
    private readonly Network? _except4;
    private readonly Network? _except6;

    /// <param name="usualName">In lower case; where the option has no name of its own.</param>
    public AddressHeader(AddressHeaderConfig config, string usualName)
    {
        _name = Encoding.UTF8.GetBytes((config.Header ?? usualName).ToLowerInvariant());
        _isIfNone = config.IfNone;
        _except4 = Network.Of(config.ExceptIPv4);
        _except6 = Network.Of(config.ExceptIPv6);
    }

    /// <summary>
    /// Adds what frontend and backend ask for: one header. Either of them can except an address, the backend's name
    /// goes before the frontend's, and "if-none" only counts when all that have the option say it.
    /// </summary>
    /// <returns>False when there is no room.</returns>
    [SkipLocalsInit]
    public static bool TryAdd(AddressHeader? front, AddressHeader? back, HttpMessage message, in NetworkAddress address)
    {
        if ((back ?? front) is not { } named || !address.IsInternet) return true;
        bool isIfNone = (front is null || front._isIfNone) && (back is null || back._isIfNone);
        if (isIfNone && message.Find(named._name) >= 0) return true;
        if (front?.Excepts(address) == true || back?.Excepts(address) == true) return true;
        Span<byte> text = stackalloc byte[64];
        _ = address.TryFormatAddress(text, out int length);
        return message.TryAdd(named._name, text[..length]);
    }

    private bool Excepts(in NetworkAddress address) =>
        (address.Family == AddressFamily.IPv4 ? _except4 : _except6)?.Contains(address.AddressBytes) == true;

    private sealed class Network(byte[] address, byte[] mask)
    {
        public static Network? Of(NetworkConfig? config) =>
            config is null ? null : new Network(config.Address.GetAddressBytes(), config.Mask.GetAddressBytes());

        public bool Contains(ReadOnlySpan<byte> other)
        {
            for (int index = 0; index < mask.Length; index++)
            {
                if (((address[index] ^ other[index]) & mask[index]) != 0) return false;
            }

            return true;
        }
    }
}
