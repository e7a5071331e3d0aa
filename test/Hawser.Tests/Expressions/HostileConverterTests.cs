using System;
using CsCheck;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Xunit;

namespace Hawser.Tests.Expressions;

/// <summary>
/// Converters that read what an outsider sends: any bytes give a result or none, never an exception and never a read
/// past the end (the bytes lie at the end of their array, so that such a read throws).
/// </summary>
public sealed class HostileConverterTests
{
    private static readonly Gen<byte[]> s_bytes = Gen.Byte.Array[0, 120];

    [Theory]
    [InlineData("mqtt_is_valid", "101800044d5154540502003c032100140008746573745f737562")]
    [InlineData("mqtt_field_value(connect,33)", "101800044d5154540502003c032100140008746573745f737562")]
    [InlineData("mqtt_field_value(connack,18)", "20250000221100000078217fff24012501270000ffff22000a2600016100016226000163000164")]
    [InlineData("fix_is_valid", "383d4649582e342e3001393d3501333d4101333d410131303d31343701")]
    [InlineData("fix_tag_value(35)", "383d4649582e342e3001393d350133353d4101")]
    [InlineData("protobuf(3.1,int32)", "1a0308960108960112077465737469")]
    [InlineData("protobuf(2)", "089601120774657374696e67")]
    [InlineData("ungrpc(1,sint64)", "0000000003089601")]
    [InlineData("json_query($.a[1].b)", "7b2261223a5b312c7b2262223a225c7530303431227d5d7d")]
    [InlineData("json_query($.c,int)", "7b2261223a5b7b7d2c5b5d2c2278225d2c2263223a2d352e3165337d")]
    [InlineData("json(utf8)", "61c3a9e282ac5c22")]
    [InlineData("json(utf8ps)", "61c3a9e282acf09f9880")]
    [InlineData("jwt_payload_query($.a)", "65794a68496a6f7866512e65794a68496a6f7866512e")]
    [InlineData("jwt_verify(HS256,secret)", "612e622e63")]
    [InlineData("jwt_decrypt_secret(GawgguFyGrWKav7AX4VKUg==)", "65794a68624763694f694a424d544934533163694c434a6c626d4d694f694a424d54493451304a444c5568544d6a5532496e302e364b42373037644d395954496748744c7674675751386d4b77626f4a57336f66396c6f63697a6b4454487a424332496c7254316f4f512e417859384443744461476c7362476c6a6233526f5a512e4b446c5474586368685a544775664d596d4f594753344866667850535572666d71434858614939774f47592e55306d5f596d6a4e3034444a76636546494362435651")]
    [InlineData("rfc7239_is_valid", "666f723d225b3a3a315d3a3830223b70726f746f3d68747470733b686f73743d61")]
    [InlineData("rfc7239_n2np", "5b3a3a315d3a3830")]
    [InlineData("eth.data", "0a0b0c0d0e0f0102030405068100a064080044415441")]
    [InlineData("ip.data", "6201234500302c4020010db800000000000000000000000120010db80000000000000000000000020600000000000000")]
    [InlineData("ip.fp(7)", "4510003c1234400039060000c0000201c6336402303901bbdeadbeef00000000a002faf000000000020405b40402080a010203040506070801030307")]
    [InlineData("tcp.options_list", "303901bbdeadbeef00000000a002faf000000000020405b40402080a010203040506070801030307")]
    [InlineData("tcp.options.tsval", "303901bbdeadbeef00000000a002faf000000000020405b40402080a010203040506070801030307")]
    [InlineData("url_dec(1)", "61253230622b633f64")]
    [InlineData("date", "53756e2c203036204e6f7620313939342030383a34393a333720474d54")]
    [InlineData("language(en;fr)", "66722d43412c66723b713d302e382c656e3b713d302e36")]
    [InlineData("ub64dec", "59574a6a")]
    [InlineData("b64dec", "59574a6a")]
    [InlineData("xxh3", "00")]
    [InlineData("aes_cbc_dec(128,Zm9vb2Zvb29mb29wZm9vbw==,Zm9vb2Zvb29mb29wZm9vbw==)", "00112233445566778899aabbccddeeff")]
    public void Any_bytes_have_a_result_or_none(string converter, string seed)
    {
        CompileContext context = new(EvaluatedText.Vocabulary);
        byte[] valid = Convert.FromHexString(seed);
        SampleExpression? expression =
            ExpressionCompiler.CompileWhole($"var(txn.input),{converter}", context, out CompileFinding finding);
        Assert.True(expression is not null, finding.Message);
        Hawser.Expressions.Variables.Variable input = Hawser.Expressions.Variables.Variable.Parse("txn.input", context.Variables, out _)!;
        EvaluatedText.Source source = new();

        Gen<byte[]> mutated = Gen.Select(Gen.Int[0, valid.Length], Gen.Int[0, Math.Max(0, valid.Length - 1)], Gen.Byte)
            .Select((length, at, value) =>
            {
                byte[] bytes = (byte[])valid.Clone();
                bytes[at] = value;
                return bytes[..length];
            });
        Gen.OneOf(s_bytes, mutated).Sample(
            bytes =>
            {
                Sample sample = default;
                sample.SetBinary(bytes);
                Assert.True(input.TrySet(source, in sample));
                Sample result = default;
                if (expression.TryEvaluate(source, ref result) && result.IsBytes)
                    Assert.True(result.Bytes.Length <= source.Scratch.BlockBytes);
            },
            iter: 2000,
            threads: 1);
    }
}
