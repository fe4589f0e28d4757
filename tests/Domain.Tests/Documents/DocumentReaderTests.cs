using System.Text;
using CsCheck;
using Engagement.Domain.Documents;

namespace Engagement.Domain.Tests.Documents;

public sealed class DocumentReaderTests
{
    [Theory]
    [InlineData("a: [1, 2", "document.syntax")]
    [InlineData("a: &x 1\nb: *x", "document.unsupported")]
    [InlineData("a: !!str 1", "document.unsupported")]
    [InlineData("a: 1\n---\nb: 2", "document.unsupported")]
    [InlineData("a: 1\na: 2", "document.duplicate")]
    [InlineData("? [a]\n: 1", "document.syntax")]
    [InlineData("a:\n\tb: 1", "document.syntax")]
    [InlineData("a: [{\ns", "document.syntax")]
    [InlineData("a: \"\\udc00\\ud800\"", "document.syntax")]
    public void Yaml_WhatIsNotTaken_IsRefused(string text, string code)
    {
        DocumentReader.Read(Encoding.UTF8.GetBytes(text), DocumentFormat.Yaml, out var problems);
        Assert.Contains(code, problems.ToImmutable().Select(p => p.Code));
    }

    [Theory]
    [InlineData("", 1, 1, "document.syntax")]
    [InlineData("{\"a\": 1,}", 1, 9, "document.syntax")]
    [InlineData("{\n \"中\": nul }", 2, 10, "document.syntax")]
    [InlineData("{\"a\": 1} x", 1, 10, "document.syntax")]
    [InlineData("{\"a\": 1, \"a\": 2}", 1, 10, "document.duplicate")]
    [InlineData("{\"a\": NaN}", 1, 7, "document.syntax")]
    [InlineData("{\"a\": \"\\ud800\"}", 1, 7, "document.syntax")]
    [InlineData("// no\n{}", 1, 1, "document.syntax")]
    public void Json_WhatIsNotStrict_IsRefusedAtItsPlace(string text, int line, int column, string code)
    {
        DocumentReader.Read(Encoding.UTF8.GetBytes(text), DocumentFormat.Json, out var problems);
        var problem = Assert.Single(problems.ToImmutable());
        Assert.Equal((line, column, code), (problem.Line, problem.Column, problem.Code));
    }

    [Theory]
    [InlineData(DocumentFormat.Json)]
    [InlineData(DocumentFormat.Yaml)]
    public void Read_DeeperThan64Levels_IsRefused(DocumentFormat format)
    {
        DocumentReader.Read(Nested(64), format, out var good);
        Assert.True(good.IsEmpty);
        DocumentReader.Read(Nested(65), format, out var deep);
        Assert.Equal(["document.too.deep"], deep.ToImmutable().Select(p => p.Code));
        DocumentReader.Read(Encoding.UTF8.GetBytes(new string('[', 1_000_000)), format, out var hostile);
        Assert.Equal(["document.too.deep"], hostile.ToImmutable().Select(p => p.Code));
    }

    [Fact]
    public void Read_TooLargeOrNoText_IsRefused()
    {
        Assert.Null(DocumentReader.Read(new byte[DocumentReader.MaxBytes + 1], DocumentFormat.Yaml, out var large));
        Assert.Equal(["document.too.large"], large.ToImmutable().Select(p => p.Code));
        Assert.Null(DocumentReader.Read([(byte)'a', (byte)'\n', 0xff], DocumentFormat.Json, out var invalid));
        var problem = Assert.Single(invalid.ToImmutable());
        Assert.Equal((2, 1, "document.syntax"), (problem.Line, problem.Column, problem.Code));
    }

    [Theory]
    [InlineData(DocumentFormat.Json)]
    [InlineData(DocumentFormat.Yaml)]
    public void Read_MoreValuesThanAnybodyNeeds_IsRefused(DocumentFormat format)
    {
        var text = "[" + string.Concat(Enumerable.Repeat("1,", 300_000)) + "1]";
        DocumentReader.Read(Encoding.UTF8.GetBytes(text), format, out var problems);
        Assert.Equal(["document.too.large"], problems.ToImmutable().Select(p => p.Code));
    }

    [Fact]
    public void Problems_MoreThanTheLimit_AreCut()
    {
        var text = string.Concat(Enumerable.Range(0, 3_000).Select(i => $"a{i % 2}: 1\n"));
        DocumentReader.Read(Encoding.UTF8.GetBytes(text), DocumentFormat.Yaml, out var problems);
        Assert.Equal(ProblemList.Limit, problems.ToImmutable().Length);
    }

    [Fact]
    public void Yaml_PlainScalars_FollowTheCoreSchema()
    {
        var root = (DocumentMapping)DocumentReader.Read("{a: on, b: true, c: 09:30, d: 1e3, e: 0x1F, f: ~, g: 2026-01-01, h: '1'}"u8, DocumentFormat.Yaml, out _)!;
        Assert.Equal(
            [ScalarKind.String, ScalarKind.Bool, ScalarKind.String, ScalarKind.Number, ScalarKind.Number, ScalarKind.Null, ScalarKind.String, ScalarKind.String],
            root.Entries.Select(e => ((DocumentScalar)e.Value).Kind));
    }

    [Theory]
    [InlineData("k: ab X cd", DocumentFormat.Yaml)]
    [InlineData("\uFEFFk: 'it''s X'", DocumentFormat.Yaml)]
    [InlineData("k: \"a\\n\\u4e2d\\\"X\"", DocumentFormat.Yaml)]
    [InlineData("# 𝄞\r\nk: '𝄞 X'", DocumentFormat.Yaml)]
    [InlineData("k: |-\n  ab\n\n    cd X\n  e\n", DocumentFormat.Yaml)]
    [InlineData("k: >\n  ab\n  cd\n\n  X\n", DocumentFormat.Yaml)]
    [InlineData("k: ab\n  cd\n  X", DocumentFormat.Yaml)]
    [InlineData("- 1\r\n- k: |\r\n    ab\r\n    X\r\n", DocumentFormat.Yaml)]
    [InlineData("{\n  \"k\": \"a\\n\\ud834\\udd1e 中 X\" }", DocumentFormat.Json)]
    public void ScalarMap_APlaceInAScalar_IsFoundInTheDocument(string text, DocumentFormat format)
    {
        var root = DocumentReader.Read(Encoding.UTF8.GetBytes(text), format, out var problems)!;
        Assert.Empty(problems.ToImmutable());
        var mapping = root as DocumentMapping ?? (DocumentMapping)((DocumentSequence)root).Items[1];
        var scalar = (DocumentScalar)mapping.Entries[0].Value;
        var document = problems.Text.Text;

        var found = ScalarMap.IndexOf(scalar, document, scalar.Value.IndexOf('X', StringComparison.Ordinal));

        Assert.Equal(document.IndexOf('X', StringComparison.Ordinal), found);
    }

    [Fact]
    public void Read_AnyText_NeverThrowsAndPlacesAreInIt() =>
        Gen.Select(Gen.Char["ab01:-[]{},'\"\n\r\t #&*!|>%@\\?u\u4e2d\u2028\u0085."].Array[0, 40], Gen.Enum<DocumentFormat>()).Sample((chars, format) =>
        {
            var root = DocumentReader.Read(Encoding.UTF8.GetBytes(chars), format, out var problems);
            Assert.True(root is not null || !problems.IsEmpty);
            Assert.All(problems.ToImmutable(), p => Assert.True(p.Line >= 1 && p.Column >= 1 && p.Column <= chars.Length + 1));
            Walk(root, problems.Text.Text);
        });

    private static void Walk(DocumentNode? node, string text)
    {
        switch (node)
        {
            case DocumentMapping mapping:
                Assert.All(mapping.Entries, e => Walk(e.Value, text));
                break;
            case DocumentSequence sequence:
                Assert.All(sequence.Items, item => Walk(item, text));
                break;
            case DocumentScalar scalar:
                Assert.InRange(scalar.Start, 0, text.Length);
                Assert.InRange(ScalarMap.IndexOf(scalar, text, scalar.Value.Length / 2), 0, text.Length);
                break;
            default:
                break;
        }
    }

    private static byte[] Nested(int depth) => Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
}
