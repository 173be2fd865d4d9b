<?php
/*
 * Prints vectors for http_build_query and the signature as JSON, made by PHP itself.
 * Run: php test/unit/domain/php-vectors.php > test/unit/domain/php-vectors.json, then format that file.
 * Floats that JSON cannot hold are written as {"float": "NAN"}.
 */
$cases = [
    'the documented parameters' => [
        'key' => '35kj5jnlj53453kl5j43nj5', 'name' => 'admin', 'password' => '123456', 'type' => 1, 'channels' => 1,
        'start' => '2024-09-01 00:00:00', 'end' => '2024-12-31 23:59:00',
    ],
    'a call back address' => ['api_url' => 'https://shop.example/回调?a=1&b=2#top', 'api_token' => 't/o+k=e n'],
    'Chinese' => ['name' => '张三丰', '备注' => '送货上门,急'],
    'emoji and astral characters' => ['remark' => '好👍🏽 𠮷野家', '👍' => '1'],
    'signs that other encoders leave bare' => ['a' => "~*'()!", 'b' => '-_.', 'c' => '~a~'],
    'reserved signs' => ['a' => ' +&=%', 'b' => '?/#[]@:;,$', 'c' => '"<>\\^`{|}'],
    'signs in names' => ['a b' => '1', 'a&b' => '2', 'a=b' => '3', 'x~y' => '4', "q'q" => '5'],
    'line ends, tabs and NUL' => ['a' => "line\nnext\r\nlast\t.", 'b' => "nul\0byte", 'c' => "\x7f\x01"],
    'empty and blank' => ['a' => '', 'b' => ' ', '' => 'no name'],
    'null is dropped' => ['a' => null, 'b' => 'kept', 'c' => null],
    'nothing but null' => ['a' => null],
    'booleans' => ['yes' => true, 'no' => false],
    'integers' => ['a' => 0, 'b' => -1, 'c' => 42, 'd' => 9007199254740991, 'e' => -9007199254740991],
    'floats' => ['a' => 0.1, 'b' => 1.5, 'c' => -2.25, 'd' => 0.1 + 0.2, 'e' => 1 / 3, 'f' => 123456.789, 'g' => 100.01],
    'small floats' => ['a' => 0.001, 'b' => 0.0001, 'c' => 0.00001, 'd' => 0.000012345, 'e' => 1e-7, 'f' => 5e-324, 'g' => 2.5e-10],
    'large floats' => ['a' => 12345678901234.5, 'b' => 1e20, 'c' => 1.5e300, 'd' => -1e25, 'e' => 1.7976931348623157e308, 'f' => 123456789012345680000.0],
    'floats that round up' => ['a' => 99999999999999.5, 'b' => 0.99999999999999999, 'c' => 9.99999999999999999, 'd' => 0.000099999999999999999, 'e' => 999999999999999.9],
    'no numbers' => ['a' => NAN, 'b' => INF, 'c' => -INF, 'd' => -0.0],
    'numbers as text' => ['a' => '007', 'b' => '1e5', 'c' => '12.50', 'd' => '+1'],
    'combining and wide characters' => ['a' => "e\u{301}", 'b' => 'ｆｕｌｌ　ｗｉｄｔｈ', 'c' => "\u{200B}\u{FEFF}\u{FFFD}"],
    'a long text' => ['a' => str_repeat('长文 x~', 2000)],
];

function encodable(mixed $value): mixed
{
    return is_float($value) && (is_nan($value) || is_infinite($value)) ? ['float' => (string) $value] : $value;
}

$sk = '56777ab62ff752fbd57ab7228fc2fc43';
$vectors = [];
foreach ($cases as $title => $params) {
    $query = http_build_query($params);
    $pairs = [];
    foreach ($params as $name => $value) {
        $pairs[] = [(string) $name, encodable($value)];
    }
    $vectors[] = ['title' => $title, 'pairs' => $pairs, 'query' => $query, 'sk' => $sk, 'sign' => md5($query . $sk)];
}
$vectors[] = ['title' => 'a Chinese SK', 'pairs' => [['a', '1']], 'query' => 'a=1', 'sk' => '密钥', 'sign' => md5('a=1密钥')];
echo json_encode($vectors, JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_PRESERVE_ZERO_FRACTION), "\n";
