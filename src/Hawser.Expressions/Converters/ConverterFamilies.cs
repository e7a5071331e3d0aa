using Hawser.Expressions.Compilation;

namespace Hawser.Expressions.Converters;

/// <summary>The converters that need nothing of the data plane: a family per file.</summary>
public static class ConverterFamilies
{
    public static ConverterRows All { get; } = new(
        TextConverters.Rows,
        WordConverters.Rows,
        JoinConverters.Rows,
        UrlConverters.Rows,
        LanguageConverters.Rows,
        NumberConverters.Rows,
        EncodingConverters.Rows,
        ChunkConverters.Rows,
        HashConverters.Rows,
        DigestConverters.Rows,
        AddressConverters.Rows,
        DateConverters.Rows,
        AssignmentConverters.Rows,
        JsonConverters.Rows,
        RegexConverters.Rows,
        ForwardedConverters.Rows,
        CipherConverters.Rows,
        TokenConverters.Rows,
        EncryptedTokenConverters.Rows,
        EthernetConverters.Rows,
        PacketConverters.Rows,
        FixConverters.Rows,
        ProtobufConverters.Rows,
        MqttConverters.Rows,
        CertificateConverters.Rows,
        MapConverters.Rows);
}
