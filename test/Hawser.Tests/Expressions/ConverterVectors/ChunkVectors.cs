using Xunit;

namespace Hawser.Tests.Expressions.ConverterVectors;

/// <summary>See <see cref="ConverterVector"/>: haproxy's answers.</summary>
public sealed class ChunkVectors : ConverterVector
{
    [Theory]
    [InlineData("bin(01020304050607),be2dec(:,2)", "258:772:1286:7")]
    [InlineData("bin(01020304050607),be2dec(-,2,1)", "258-772-1286")]
    [InlineData("bin(01020304050607),be2dec(,2,1)", "2587721286")]
    [InlineData("bin(7f000001),be2dec(.,1)", "127.0.0.1")]
    [InlineData("bin(01020304050607),le2dec(:,2)", "513:1027:1541:7")]
    [InlineData("bin(01020304050607),le2dec(-,2,1)", "513-1027-1541")]
    [InlineData("bin(01020304050607),le2dec(,2,1)", "51310271541")]
    [InlineData("bin(7f000001),le2dec(.,1)", "127.0.0.1")]
    [InlineData("bin(ffffffffffffffff),be2dec(,8)", "18446744073709551615")]
    [InlineData("bin(ffffffffffffffff),le2dec(,8)", "18446744073709551615")]
    [InlineData("bin(ffffffffffffffff01),le2dec(::,8)", "18446744073709551615::1")]
    [InlineData("bin(01020304050607),be2dec(:)", "ERROR: invalid args in converter 'be2dec' : chunk_size out of [1..8] range (0)")]
    [InlineData("bin(01020304050607),be2dec(:,9)", "ERROR: invalid args in converter 'be2dec' : chunk_size out of [1..8] range (9)")]
    [InlineData("bin(01020304050607),be2dec(:,0)", "ERROR: invalid args in converter 'be2dec' : chunk_size out of [1..8] range (0)")]
    [InlineData("bin(01020304050607),be2dec(:,-1)", "ERROR: invalid args in converter 'be2dec' : chunk_size out of [1..8] range (-1)")]
    [InlineData("bin(01020304050607),be2dec(:,1,2)", "ERROR: invalid args in converter 'be2dec' : Unsupported truncate value (2)")]
    [InlineData("bin(01020304050607),be2dec(:,1,0)", "1:2:3:4:5:6:7")]
    [InlineData("bin(01020304050607),be2dec(:,4,-1)", "ERROR: invalid args in converter 'be2dec' : Unsupported truncate value (-1)")]
    [InlineData("bin(01020304050607),be2dec", "ERROR: invalid args in converter 'be2dec' : chunk_size out of [1..8] range (0)")]
    [InlineData("bin(01020304050607),le2dec(:,9)", "ERROR: invalid args in converter 'le2dec' : chunk_size out of [1..8] range (9)")]
    public void Chunks_become_decimal_numbers(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("bin(01020304050607),be2hex", "01020304050607")]
    [InlineData("bin(01020304050607),be2hex(:,2)", "0102:0304:0506:07")]
    [InlineData("bin(01020304050607),be2hex(--,2,1)", "0102--0304--0506")]
    [InlineData("bin(0102030405060708),be2hex(,3,1)", "010203040506")]
    [InlineData("bin(0102030405060708),be2hex(:)", "ERROR: invalid args in converter 'be2hex' : chunk_size needs to be positive (0)")]
    [InlineData("bin(0102030405060708),be2hex(:,0)", "ERROR: invalid args in converter 'be2hex' : chunk_size needs to be positive (0)")]
    [InlineData("bin(0102030405060708),be2hex(:,-1)", "ERROR: invalid args in converter 'be2hex' : chunk_size needs to be positive (-1)")]
    [InlineData("bin(0102030405060708),be2hex(,0)", "0102030405060708")]
    [InlineData("bin(0102030405060708),be2hex(,0,1)", "ERROR: invalid args in converter 'be2hex' : chunk_size needs to be positive (0)")]
    [InlineData("bin(0102030405060708),be2hex(,-1)", "0102030405060708")]
    [InlineData("bin(0102030405060708),be2hex()", "0102030405060708")]
    [InlineData("bin(0102030405060708),be2hex(:,3,2)", "ERROR: invalid args in converter 'be2hex' : Unsupported truncate value (2)")]
    [InlineData("bin(0102030405060708),be2hex(:,3,0)", "010203:040506:0708")]
    [InlineData("bin(0102030405060708),be2hex(:,99,1)", "-")]
    [InlineData("bin(0102030405060708),be2hex(:,99)", "0102030405060708")]
    [InlineData("bin(abcd),be2hex", "ABCD")]
    public void Chunks_become_digits(string expression, string expected) => Holds(expression, expected);
}
