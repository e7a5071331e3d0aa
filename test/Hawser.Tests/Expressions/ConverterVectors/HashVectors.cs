using Xunit;

namespace Hawser.Tests.Expressions.ConverterVectors;

/// <summary>See <see cref="ConverterVector"/>: haproxy's answers.</summary>
public sealed class HashVectors : ConverterVector
{
    [Theory]
    [InlineData("str(abc),crc32", "891568578")]
    [InlineData("str(abc),crc32(1)", "930845320")]
    [InlineData("str(abc),crc32(0)", "891568578")]
    [InlineData("str(abc),crc32(2)", "930845320")]
    [InlineData("str(abc),crc32c", "910901175")]
    [InlineData("str(abc),crc32c(1)", "1285784220")]
    [InlineData("str(abc),djb2", "193485963")]
    [InlineData("str(abc),djb2(1)", "2235766107")]
    [InlineData("str(abc),sdbm", "807794786")]
    [InlineData("str(abc),sdbm(1)", "659243622")]
    [InlineData("str(abc),wt6", "2483038440")]
    [InlineData("str(abc),wt6(1)", "266135527")]
    [InlineData("str(abc),crc32(x)", "ERROR: invalid arg 1 in converter 'crc32' : failed to parse 'x' as type 'integer' at position 1")]
    [InlineData("str(abc),crc32(,)", "ERROR: invalid arg 1 in converter 'crc32' : expected ')' before ',)'")]
    public void A_short_hash_is_of_32_bits(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("str(abc),xxh32", "852579327")]
    [InlineData("str(abc),xxh32(7)", "1473238068")]
    [InlineData("str(abc),xxh32(-1)", "2989167648")]
    [InlineData("str(abc),xxh32(4294967297)", "2856167679")]
    [InlineData("str(abc),xxh64", "4952883123889572249")]
    [InlineData("str(abc),xxh64(7)", "-7028621457359472937")]
    [InlineData("str(abc),xxh64(-1)", "2895935887265243510")]
    [InlineData("str(),xxh64", "-1205034819632174695")]
    [InlineData("str(abc),xxh3", "8696274497037089104")]
    [InlineData("str(abc),xxh3(7)", "5260018501835528466")]
    [InlineData("str(abc),xxh3(-1)", "2962310483463817673")]
    [InlineData("str(),xxh3", "3244421341483603138")]
    [InlineData("str(),xxh3(5)", "4075412128446734485")]
    [InlineData("str(a),xxh3", "-1817709641818812897")]
    [InlineData("str(abcd),xxh3(3)", "8001792088573676430")]
    [InlineData("str(abcdefgh),xxh3(3)", "7678193540016372359")]
    [InlineData("str(abcdefghi),xxh3(3)", "-7573561449948133967")]
    [InlineData("str(abcdefghijklmnop),xxh3(3)", "-7306541674310613976")]
    [InlineData("str(abcdefghijklmnopq),xxh3(3)", "-5027089359910253871")]
    [InlineData("str(abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz),xxh3(3)", "-7318661818050046339")]
    [InlineData("str(abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz),xxh3(3)", "-5970617678616031649")]
    [InlineData("str(abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz),xxh3(3)", "6915782512198123068")]
    [InlineData("str(abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz),xxh3(3)", "-4965144881503516695")]
    [InlineData("str(abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz),xxh3", "-6246919326616080717")]
    public void An_xxHash_takes_a_seed(string expression, string expected) => Holds(expression, expected);
}
