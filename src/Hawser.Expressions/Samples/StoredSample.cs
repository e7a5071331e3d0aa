using System;
using System.Numerics;
using Hawser.Base.Network;

namespace Hawser.Expressions.Samples;

/// <summary>
/// A sample that outlives its evaluation: a variable's value, a constant, a map's value. Its buffer is kept and reused,
/// so that storing does not allocate once it is large enough.
/// </summary>
public sealed class StoredSample
{
    private byte[] _bytes = [];
    private int _length;
    private SampleType _type;
    private long _integer;
    private NetworkAddress _address;

    /// <summary>False until something was stored, and after <see cref="Clear"/>.</summary>
    public bool HasValue { get; private set; }

    /// <summary>Only when <see cref="HasValue"/>.</summary>
    public SampleType Type => _type;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public int ByteCount => _length;

    public void Store(scoped in Sample sample)
    {
        HasValue = true;
        _type = sample.Type;
        _integer = sample.Integer;
        _address = sample.Address;
        _length = 0;
        if (!sample.IsBytes) return;
        ReadOnlySpan<byte> bytes = sample.Bytes;
        if (bytes.Length > _bytes.Length)
        {
            // The old buffer may be what the sample lies in: it is read before it is let go.
            byte[] larger = new byte[BitOperations.RoundUpToPowerOf2((uint)Math.Max(bytes.Length, 16))];
            bytes.CopyTo(larger);
            _bytes = larger;
        }
        else
        {
            bytes.CopyTo(_bytes);
        }

        _length = bytes.Length;
    }

    /// <summary>The sample's bytes are the stored ones: valid until the next <see cref="Store"/>.</summary>
    public void Load(ref Sample sample)
    {
        switch (_type)
        {
            case SampleType.Boolean:
                sample.SetBoolean(_integer != 0);
                break;
            case SampleType.Integer:
                sample.SetInteger(_integer);
                break;
            case SampleType.IPv4 or SampleType.IPv6:
                sample.SetAddress(in _address);
                break;
            case SampleType.Binary:
                sample.SetBinary(Bytes);
                break;
            case SampleType.Method:
                sample.SetMethod(Bytes);
                break;
            default:
                sample.SetString(Bytes);
                break;
        }
    }

    public void Clear()
    {
        HasValue = false;
        _length = 0;
    }
}
