using Xunit;

namespace Hawser.Tests.Expressions.ConverterVectors;

/// <summary>See <see cref="ConverterVector"/>: haproxy's answers.</summary>
public sealed class CipherVectors : ConverterVector
{
    [Theory]
    [InlineData("str(abc),aes_gcm_enc(128,MDEyMzQ1Njc4OTAx,Zm9vb2Zvb29mb29wZm9vbw==,txn.tag),hex", "4D6C3F")]
    [InlineData("str(abc),aes_gcm_enc(128,MDEyMzQ1Njc4OTAx,Zm9vb2Zvb29mb29wZm9vbw==,txn.tag),aes_gcm_dec(128,MDEyMzQ1Njc4OTAx,Zm9vb2Zvb29mb29wZm9vbw==,txn.tag)", "abc")]
    [InlineData("str(abc),aes_gcm_enc(100,MDEyMzQ1Njc4OTAx,Zm9vb2Zvb29mb29wZm9vbw==,txn.tag)", "ERROR: invalid args in converter 'aes_gcm_enc' : key size must be 128, 192 or 256 (bits)")]
    [InlineData("str(abc),aes_gcm_enc(128,x,Zm9vb2Zvb29mb29wZm9vbw==,txn.tag)", "ERROR: invalid args in converter 'aes_gcm_enc' : failed to parse nonce : argument needs to be base64 encoded, and can either be a string or a variable")]
    [InlineData("str(abc),aes_gcm_enc(128,MDEyMzQ1Njc4OTAx,x,txn.tag)", "ERROR: invalid args in converter 'aes_gcm_enc' : failed to parse key : argument needs to be base64 encoded, and can either be a string or a variable")]
    [InlineData("str(abc),aes_gcm_enc(128,MDEyMzQ1Njc4OTAx,Zm9v,txn.tag),hex", "-")]
    [InlineData("str(abc),aes_gcm_enc(256,MDEyMzQ1Njc4OTAx,Zm9vb2Zvb29mb29wZm9vbw==,txn.tag),hex", "-")]
    [InlineData("str(abc),aes_gcm_enc(128,MDEyMzQ1Njc4OTAx,Zm9vb2Zvb29mb29wZm9vbw==,x)", "ERROR: invalid args in converter 'aes_gcm_enc' : failed to parse aead_tag : invalid variable name 'x'. A variable name must start with its scope. The scope can be 'proc', '(p)sess', '(p)txn', '(p)req', '(p)res' or 'check'")]
    [InlineData("str(abc),aes_gcm_enc(128,MDEyMzQ1Njc4OTAx,Zm9vb2Zvb29mb29wZm9vbw==)", "ERROR: invalid arg 4 in converter 'aes_gcm_enc' : missing arguments (got 3/4), type 'string' expected")]
    [InlineData("str(abc),aes_gcm_dec(128,MDEyMzQ1Njc4OTAx,Zm9vb2Zvb29mb29wZm9vbw==,x)", "ERROR: invalid args in converter 'aes_gcm_dec' : failed to parse aead_tag : argument needs to be base64 encoded, and can either be a string or a variable")]
    [InlineData("str(abc),aes_gcm_dec(128,MDEyMzQ1Njc4OTAx,Zm9vb2Zvb29mb29wZm9vbw==,MDEyMzQ1Njc4OTAx)", "-")]
    [InlineData("str(abc),aes_gcm_dec(128,MDEyMzQ1Njc4OTAx,Zm9vb2Zvb29mb29wZm9vbw==,MDEyMzQ1Njc4OTAx,x)", "ERROR: invalid args in converter 'aes_gcm_dec' : failed to parse aad : argument needs to be base64 encoded, and can either be a string or a variable")]
    [InlineData("str(abc),aes_gcm_enc(128,,Zm9vb2Zvb29mb29wZm9vbw==,txn.tag),hex", "-")]
    [InlineData("str(abc),aes_gcm_enc(128,MDEyMzQ1Njc4OTAx,Zm9vb2Zvb29mb29wZm9vbzEyMw==,txn.tag),hex", "4D6C3F")]
    [InlineData("str(abc),aes_gcm_enc(192,MDEyMzQ1Njc4OTAx,Zm9vb2Zvb29mb29wZm9vbzEyMzQ1Njc4,txn.tag),hex", "DF4DEC")]
    [InlineData("str(abc),aes_gcm_enc(128,MDEyMzQ1Njc4OTAx,Zm9vb2Zvb29mb29wZm9vbw==,txn.tag,YWFk),aes_gcm_dec(128,MDEyMzQ1Njc4OTAx,Zm9vb2Zvb29mb29wZm9vbw==,txn.tag)", "-")]
    [InlineData("str(abc),aes_gcm_enc(128,MDEyMzQ1Njc4OTAx,Zm9vb2Zvb29mb29wZm9vbw==,txn.tag,YWFk),aes_gcm_dec(128,MDEyMzQ1Njc4OTAx,Zm9vb2Zvb29mb29wZm9vbw==,txn.tag,YWFk)", "abc")]
    [InlineData("str(),aes_gcm_enc(128,MDEyMzQ1Njc4OTAx,Zm9vb2Zvb29mb29wZm9vbw==,txn.tag),concat(<,txn.tag,>)", "<lRbLmBPk2B6sucmxU5CLkw==>")]
    [InlineData("str(abc),aes_gcm_enc(256,MDEyMzQ1Njc4OTAx,Zm9vb2Zvb29mb29wZm9vb2Zvb29mb29wZm9vbzEyMzQ=,txn.tag2,YWFk),hex,concat(<,txn.tag2,>)", "518092<SP39nVYq+I01jyeU2tYhng==>")]
    public void A_message_is_encrypted_and_decrypted(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("str(abc),aes_cbc_enc(128,Zm9vb2Zvb29mb29wZm9vbw==,Zm9vb2Zvb29mb29wZm9vbw==),hex", "744C4FE22280894E7209BD4CFF9B45E9")]
    [InlineData("str(0123456789abcdef),aes_cbc_enc(128,Zm9vb2Zvb29mb29wZm9vbw==,Zm9vb2Zvb29mb29wZm9vbw==),hex", "76636183AAC854DBB87552708593ACB4840C6545D1237B498D0DD7D4C487C398")]
    [InlineData("str(abc),aes_cbc_enc(192,Zm9vb2Zvb29mb29wZm9vbw==,Zm9vb2Zvb29mb29wZm9vbzEyMzQ1Njc4),hex", "6BE090181498C5C186C938590CF5C218")]
    [InlineData("str(abc),aes_cbc_enc(256,Zm9vb2Zvb29mb29wZm9vbw==,Zm9vb2Zvb29mb29wZm9vb2Zvb29mb29wZm9vbzEyMzQ=),hex", "D473EDA504B67D0761BDD04AB53DBFA7")]
    [InlineData("str(abc),aes_cbc_enc(128,Zm9vb2Zvb29mb29wZm9vbw==,Zm9vb2Zvb29mb29wZm9vbw==),aes_cbc_dec(128,Zm9vb2Zvb29mb29wZm9vbw==,Zm9vb2Zvb29mb29wZm9vbw==)", "abc")]
    [InlineData("str(abc),aes_cbc_dec(128,Zm9vb2Zvb29mb29wZm9vbw==,Zm9vb2Zvb29mb29wZm9vbw==)", "-")]
    [InlineData("str(0123456789abcdef),aes_cbc_dec(128,Zm9vb2Zvb29mb29wZm9vbw==,Zm9vb2Zvb29mb29wZm9vbw==)", "-")]
    [InlineData("str(),aes_cbc_enc(128,Zm9vb2Zvb29mb29wZm9vbw==,Zm9vb2Zvb29mb29wZm9vbw==),hex", "689ED73DD3B0C2E3EA1121A6AE28A8F3")]
    [InlineData("str(abc),aes_cbc_enc(100,Zm9vb2Zvb29mb29wZm9vbw==,Zm9vb2Zvb29mb29wZm9vbw==)", "ERROR: invalid args in converter 'aes_cbc_enc' : key size must be 128, 192 or 256 (bits)")]
    [InlineData("str(abc),aes_cbc_enc(128,x,Zm9vb2Zvb29mb29wZm9vbw==)", "ERROR: invalid args in converter 'aes_cbc_enc' : failed to parse nonce : argument needs to be base64 encoded, and can either be a string or a variable")]
    [InlineData("str(abc),aes_cbc_enc(128,Zm9vb2Zvb29mb29wZm9vbw==,x)", "ERROR: invalid args in converter 'aes_cbc_enc' : failed to parse key : argument needs to be base64 encoded, and can either be a string or a variable")]
    [InlineData("str(abc),aes_cbc_enc(128,Zm9vb2Zvb29mb29wZm9vbw==,Zm9vb2Zvb29mb29wZm9vbw==,x)", "ERROR: invalid args in converter 'aes_cbc_enc' : failed to parse aad : argument needs to be base64 encoded, and can either be a string or a variable")]
    [InlineData("str(abc),aes_cbc_enc(128,Zm9vb2Zvb29mb29wZm9vbw==)", "ERROR: invalid arg 3 in converter 'aes_cbc_enc' : missing arguments (got 2/3), type 'string' expected")]
    [InlineData("str(abc),aes_cbc_enc(128,Zm9vb2Zvb29mb29wZm9vbw==,Zm9vb2Zvb29mb29wZm9vbw==,YWFk),hex", "744C4FE22280894E7209BD4CFF9B45E9")]
    public void Blocks_are_chained(string expression, string expected) => Holds(expression, expected);
}
