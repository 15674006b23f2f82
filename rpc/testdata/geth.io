// Recorded from go-ethereum v1.17.8 over the execution-apis chain by TestRecord; do not edit.
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["0x0",true]}
<< {"jsonrpc":"2.0","id":1,"result":{"difficulty":"0x20000","extraData":"0x68697665636861696e","gasLimit":"0x5f5e100","gasUsed":"0x0","hash":"0x44fd89d504659cd58f48f4796b77a7e7012cf296a2409afa2f6c3cb99b5b3d99","logsBloom":"0x00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","miner":"0x0000000000000000000000000000000000000000","mixHash":"0x0000000000000000000000000000000000000000000000000000000000000000","nonce":"0x0000000000000000","number":"0x0","parentHash":"0x0000000000000000000000000000000000000000000000000000000000000000","receiptsRoot":"0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421","sha3Uncles":"0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347","size":"0x205","stateRoot":"0xdc43f460541a253c0f64b6943ef83fa3bd601699a255622f088d46f7fde359fc","timestamp":"0x0","transactions":[],"transactionsRoot":"0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421","uncles":[]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["0x0",false]}
<< {"jsonrpc":"2.0","id":1,"result":{"difficulty":"0x20000","extraData":"0x68697665636861696e","gasLimit":"0x5f5e100","gasUsed":"0x0","hash":"0x44fd89d504659cd58f48f4796b77a7e7012cf296a2409afa2f6c3cb99b5b3d99","logsBloom":"0x00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","miner":"0x0000000000000000000000000000000000000000","mixHash":"0x0000000000000000000000000000000000000000000000000000000000000000","nonce":"0x0000000000000000","number":"0x0","parentHash":"0x0000000000000000000000000000000000000000000000000000000000000000","receiptsRoot":"0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421","sha3Uncles":"0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347","size":"0x205","stateRoot":"0xdc43f460541a253c0f64b6943ef83fa3bd601699a255622f088d46f7fde359fc","timestamp":"0x0","transactions":[],"transactionsRoot":"0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421","uncles":[]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["0x37",true]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["0x37",false]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e",true]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number \u003e 64 bits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e",false]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number \u003e 64 bits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["0x0000000000000000000000000000000000000000000000000000000000000000",true]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["0x0000000000000000000000000000000000000000000000000000000000000000",false]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["54",true]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["54",false]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["",true]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["",false]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["0xffffffffffffffff",true]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: block number larger than int64"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["0xffffffffffffffff",false]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: block number larger than int64"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByHash","params":["0x0",true]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string of odd length into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByHash","params":["0x0",false]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string of odd length into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByHash","params":["0x10",true]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 2, want 64 for common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByHash","params":["0x10",false]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 2, want 64 for common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByHash","params":["latest",true]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByHash","params":["latest",false]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByHash","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByHash","params":["0xd226371d0b1551adb03fb52b71f08e3e11247fe9b1af994768af8cdaa8e7dcd7"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByHash","params":["0x0000000000000000000000000000000000000000000000000000000000000000",true]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByHash","params":["0x0000000000000000000000000000000000000000000000000000000000000000",false]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByHash","params":[54,true]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByHash","params":[54,false]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByNumber","params":["0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":{"difficulty":"0x20000","extraData":"0x68697665636861696e","gasLimit":"0x5f5e100","gasUsed":"0x0","hash":"0x44fd89d504659cd58f48f4796b77a7e7012cf296a2409afa2f6c3cb99b5b3d99","logsBloom":"0x00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","miner":"0x0000000000000000000000000000000000000000","mixHash":"0x0000000000000000000000000000000000000000000000000000000000000000","nonce":"0x0000000000000000","number":"0x0","parentHash":"0x0000000000000000000000000000000000000000000000000000000000000000","receiptsRoot":"0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421","sha3Uncles":"0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347","stateRoot":"0xdc43f460541a253c0f64b6943ef83fa3bd601699a255622f088d46f7fde359fc","timestamp":"0x0","transactionsRoot":"0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByNumber","params":["0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":{"difficulty":"0x20000","extraData":"0x","gasLimit":"0x5f5e100","gasUsed":"0x527eb","hash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","logsBloom":"0x00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","miner":"0x0000000000000000000000000000000000000000","mixHash":"0x0000000000000000000000000000000000000000000000000000000000000000","nonce":"0x0000000000000000","number":"0x1","parentHash":"0x44fd89d504659cd58f48f4796b77a7e7012cf296a2409afa2f6c3cb99b5b3d99","receiptsRoot":"0x68e78088e89f476d25495c7802dbed8a5735ef869ea2aae927ed4e62966e1a4f","sha3Uncles":"0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347","stateRoot":"0xabde8ecaf1aee4710c1edbd19f01f0c9ee3495acd83818822cf13704f5c9e7dd","timestamp":"0xa","transactionsRoot":"0xe59276e836db856f9137c247add7333879b98bdf82db67c40d25914fa0ab8e48"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByNumber","params":["0x1b"]}
<< {"jsonrpc":"2.0","id":1,"result":{"baseFeePerGas":"0x3b9aca00","difficulty":"0x202c0","extraData":"0x","gasLimit":"0xbebc200","gasUsed":"0x23948","hash":"0xb82be38216daf4487ab4fcafe9413892e7140f6816276560ec10d94d039db1aa","logsBloom":"0x00000000000000000000000000000000000000000000000010000000800000000000000000000000000000000000000000000000000000000000000000000000000000000000000000004000000000000200000000000000000000000000002000000000000000040000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000100000009000000000000000000000000000000000000000000000000000000000080000000000000000201000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","miner":"0x0000000000000000000000000000000000000000","mixHash":"0x0000000000000000000000000000000000000000000000000000000000000000","nonce":"0x0000000000000000","number":"0x1b","parentHash":"0xea412d6a2f9d9f21112e310261ff8cc2a1b0e4e4369f9d8feffb91da818d13af","receiptsRoot":"0xc8b4d92edf7b09b82d3b376b2d1a247f3c34952f7075c284b85ecf326531b1ce","sha3Uncles":"0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347","stateRoot":"0x35f5c910660eb3f83ca8111200d896d2fdc3466a26035f4b7cfcf7b469bd1160","timestamp":"0x10e","transactionsRoot":"0x0fb8dc63509773e8bb1aad6f76a3f9f545d3cb5f99bef75eb2374150e9b48e1e"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByNumber","params":["0x1c"]}
<< {"jsonrpc":"2.0","id":1,"result":{"baseFeePerGas":"0x342a385a","difficulty":"0x202c0","extraData":"0x","gasLimit":"0xbebc200","gasUsed":"0x4bf07","hash":"0x8708964209a8e97ab2e161657f9fd04173a16341404bba9f7508c28f0d79ea54","logsBloom":"0x00000000000000200000000000010010000082000000000000000000000000000000000000000000000000000000000080000080200000000001000000000000000000200000000000000400000000000000000000000000000000000000020000000002000000000000000000000000000000000000000000800000002000001110000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000100280010000000000000000004000000000000800000000000000000004000100000000000000200000000000009000000000000000000000020040000010010000000000000000000000000000000","miner":"0x0000000000000000000000000000000000000000","mixHash":"0x0000000000000000000000000000000000000000000000000000000000000000","nonce":"0x0000000000000000","number":"0x1c","parentHash":"0xb82be38216daf4487ab4fcafe9413892e7140f6816276560ec10d94d039db1aa","receiptsRoot":"0xce6ba13687c0f1c98bf00c0155439454f06743511ec03b14102ba91c291b646a","sha3Uncles":"0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347","stateRoot":"0x16600a54f0d246e3a46ac8fd273bca64776bf8f7d4380a381f3f643b914ab02d","timestamp":"0x118","transactionsRoot":"0x5792e0b7f30cdaf424b04eeb6908a6e6711e81df83d5009f5ed0aab9bffd7c94"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByNumber","params":["0x37"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByNumber","params":["0x38"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByNumber","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number \u003e 64 bits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByNumber","params":["0xd226371d0b1551adb03fb52b71f08e3e11247fe9b1af994768af8cdaa8e7dcd7"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number \u003e 64 bits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByNumber","params":["0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByNumber","params":["0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByNumber","params":["54"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByNumber","params":[54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByNumber","params":[""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByNumber","params":[null]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByNumber","params":["0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: block number larger than int64"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByNumber","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByHash","params":["0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string of odd length into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByHash","params":["0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string of odd length into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByHash","params":["0x10"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 2, want 64 for common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByHash","params":["0x11"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 2, want 64 for common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByHash","params":["latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByHash","params":["safe"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByHash","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"]}
<< {"jsonrpc":"2.0","id":1,"result":{"difficulty":"0x20000","extraData":"0x","gasLimit":"0x5f5e100","gasUsed":"0x527eb","hash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","logsBloom":"0x00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","miner":"0x0000000000000000000000000000000000000000","mixHash":"0x0000000000000000000000000000000000000000000000000000000000000000","nonce":"0x0000000000000000","number":"0x1","parentHash":"0x44fd89d504659cd58f48f4796b77a7e7012cf296a2409afa2f6c3cb99b5b3d99","receiptsRoot":"0x68e78088e89f476d25495c7802dbed8a5735ef869ea2aae927ed4e62966e1a4f","sha3Uncles":"0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347","stateRoot":"0xabde8ecaf1aee4710c1edbd19f01f0c9ee3495acd83818822cf13704f5c9e7dd","timestamp":"0xa","transactionsRoot":"0xe59276e836db856f9137c247add7333879b98bdf82db67c40d25914fa0ab8e48"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByHash","params":["0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByHash","params":[54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByHash","params":[null]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByHash","params":[{"blockNumber":"0x3"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getHeaderByHash","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockReceipts","params":["0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":[]}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockReceipts","params":["0x37"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockReceipts","params":["0x38"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockReceipts","params":["earliest"]}
<< {"jsonrpc":"2.0","id":1,"result":[]}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockReceipts","params":["0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockReceipts","params":["54"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockReceipts","params":[54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockReceipts","params":[""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockReceipts","params":["foo"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockReceipts","params":[null]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockReceipts","params":["0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockReceipts","params":[{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockReceipts","params":[{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockReceipts","params":[["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockReceipts","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByNumber","params":["0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x0"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByNumber","params":["0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x4"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByNumber","params":["0x37"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByNumber","params":["0x38"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByNumber","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number \u003e 64 bits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByNumber","params":["0xd226371d0b1551adb03fb52b71f08e3e11247fe9b1af994768af8cdaa8e7dcd7"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number \u003e 64 bits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByNumber","params":["0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByNumber","params":["0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByNumber","params":["54"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByNumber","params":[54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByNumber","params":[""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByNumber","params":[null]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByNumber","params":["0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: block number larger than int64"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByNumber","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByHash","params":["0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string of odd length into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByHash","params":["0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string of odd length into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByHash","params":["0x10"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 2, want 64 for common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByHash","params":["0x11"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 2, want 64 for common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByHash","params":["latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByHash","params":["safe"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByHash","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x4"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByHash","params":["0xd226371d0b1551adb03fb52b71f08e3e11247fe9b1af994768af8cdaa8e7dcd7"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x4"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByHash","params":["0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByHash","params":[54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByHash","params":[null]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByHash","params":[{"blockNumber":"0x3"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBlockTransactionCountByHash","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockNumber","params":["0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x0"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockNumber","params":["0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x0"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockNumber","params":["0x37"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockNumber","params":["0x38"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockNumber","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number \u003e 64 bits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockNumber","params":["0xd226371d0b1551adb03fb52b71f08e3e11247fe9b1af994768af8cdaa8e7dcd7"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number \u003e 64 bits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockNumber","params":["0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockNumber","params":["0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockNumber","params":["54"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockNumber","params":[54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockNumber","params":[""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockNumber","params":[null]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockNumber","params":["0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: block number larger than int64"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockNumber","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockHash","params":["0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string of odd length into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockHash","params":["0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string of odd length into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockHash","params":["0x10"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 2, want 64 for common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockHash","params":["0x11"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 2, want 64 for common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockHash","params":["latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockHash","params":["safe"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockHash","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x0"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockHash","params":["0xd226371d0b1551adb03fb52b71f08e3e11247fe9b1af994768af8cdaa8e7dcd7"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x0"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockHash","params":["0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockHash","params":[54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockHash","params":[null]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockHash","params":[{"blockNumber":"0x3"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleCountByBlockHash","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawHeader","params":["0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":"0xf901fda00000000000000000000000000000000000000000000000000000000000000000a01dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347940000000000000000000000000000000000000000a0dc43f460541a253c0f64b6943ef83fa3bd601699a255622f088d46f7fde359fca056e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421a056e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421b901000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000083020000808405f5e10080808968697665636861696ea00000000000000000000000000000000000000000000000000000000000000000880000000000000000"}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawHeader","params":["0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":"0xf901f7a044fd89d504659cd58f48f4796b77a7e7012cf296a2409afa2f6c3cb99b5b3d99a01dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347940000000000000000000000000000000000000000a0abde8ecaf1aee4710c1edbd19f01f0c9ee3495acd83818822cf13704f5c9e7dda0e59276e836db856f9137c247add7333879b98bdf82db67c40d25914fa0ab8e48a068e78088e89f476d25495c7802dbed8a5735ef869ea2aae927ed4e62966e1a4fb901000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000083020000018405f5e100830527eb0a80a00000000000000000000000000000000000000000000000000000000000000000880000000000000000"}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawHeader","params":["0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header #[0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0] not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawHeader","params":["0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawHeader","params":["54"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawHeader","params":[54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawHeader","params":[""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawHeader","params":["foo"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawHeader","params":[null]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawHeader","params":["0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawHeader","params":[{"blockHash":"0x0000000000000000000000000000000000000000000000000000000000000000","requireCanonical":true}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header #[0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0] not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawHeader","params":[{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawHeader","params":[{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawHeader","params":[["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawHeader","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawBlock","params":["0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":"0xf90202f901fda00000000000000000000000000000000000000000000000000000000000000000a01dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347940000000000000000000000000000000000000000a0dc43f460541a253c0f64b6943ef83fa3bd601699a255622f088d46f7fde359fca056e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421a056e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421b901000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000083020000808405f5e10080808968697665636861696ea00000000000000000000000000000000000000000000000000000000000000000880000000000000000c0c0"}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawBlock","params":["0x37"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x"}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawBlock","params":["0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"block #[0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0] not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawBlock","params":["0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawBlock","params":["54"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawBlock","params":[54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawBlock","params":[""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawBlock","params":["foo"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawBlock","params":[null]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawBlock","params":["0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawBlock","params":[{"blockHash":"0x0000000000000000000000000000000000000000000000000000000000000000","requireCanonical":true}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"block #[0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0] not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawBlock","params":[{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawBlock","params":[{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawBlock","params":[["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawBlock","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawReceipts","params":["0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":[]}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawReceipts","params":["0x37"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawReceipts","params":["0x38"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawReceipts","params":["earliest"]}
<< {"jsonrpc":"2.0","id":1,"result":[]}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawReceipts","params":["0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawReceipts","params":["54"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawReceipts","params":[54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawReceipts","params":[""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawReceipts","params":["foo"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawReceipts","params":[null]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawReceipts","params":["0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawReceipts","params":[{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawReceipts","params":[{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawReceipts","params":[["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawReceipts","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockNumberAndIndex","params":["0x0","0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockNumberAndIndex","params":["0x0","0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockNumberAndIndex","params":["0x0",1]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal non-string into Go value of type hexutil.Uint"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockNumberAndIndex","params":["0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockNumberAndIndex","params":["0x1",1]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal non-string into Go value of type hexutil.Uint"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockNumberAndIndex","params":["0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockNumberAndIndex","params":["0x3","0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":{"difficulty":"0x20000","extraData":"0x68697665636861696e20756e636c652030","gasLimit":"0x5f5e100","gasUsed":"0x0","hash":"0xcab48fb1cd7699dde0792164545f50ed725d38080c929a7391a2f34647e68310","logsBloom":"0x00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","miner":"0x0000000000000000000000000000000000000000","mixHash":"0x0000000000000000000000000000000000000000000000000000000000000000","nonce":"0x0000000000000000","number":"0x2","parentHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","receiptsRoot":"0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421","sha3Uncles":"0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347","size":"0x20d","stateRoot":"0x0000000000000000000000000000000000000000000000000000000000000000","timestamp":"0x1e","transactionsRoot":"0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421","uncles":[]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockNumberAndIndex","params":["0x4","0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":{"difficulty":"0x20000","extraData":"0x68697665636861696e20756e636c652031","gasLimit":"0x5f5e100","gasUsed":"0x0","hash":"0x8eb4f583e9d2361e9147c1e53b0de9e97bf3cab8399c0e299c4555795986375c","logsBloom":"0x00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","miner":"0x0000000000000000000000000000000000000000","mixHash":"0x0000000000000000000000000000000000000000000000000000000000000000","nonce":"0x0000000000000000","number":"0x3","parentHash":"0xb4874cd66b2070da5d1905b5937e97c82d1891747739b3ebb0f7f6ffc9ad518a","receiptsRoot":"0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421","sha3Uncles":"0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347","size":"0x20d","stateRoot":"0x0000000000000000000000000000000000000000000000000000000000000000","timestamp":"0x28","transactionsRoot":"0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421","uncles":[]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockNumberAndIndex","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number \u003e 64 bits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockNumberAndIndex","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number \u003e 64 bits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockNumberAndIndex","params":["0x0000000000000000000000000000000000000000000000000000000000000000","0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockNumberAndIndex","params":["0x0000000000000000000000000000000000000000000000000000000000000000","0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockNumberAndIndex","params":["54","0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockNumberAndIndex","params":["54","0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockNumberAndIndex","params":["","0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockNumberAndIndex","params":["","0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockNumberAndIndex","params":["0xffffffffffffffff","0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: block number larger than int64"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockNumberAndIndex","params":["0xffffffffffffffff","0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: block number larger than int64"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockHashAndIndex","params":["0x0","0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string of odd length into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockHashAndIndex","params":["0x0","0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string of odd length into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockHashAndIndex","params":["0x10","0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 2, want 64 for common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockHashAndIndex","params":["0x10","0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 2, want 64 for common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockHashAndIndex","params":["latest","0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockHashAndIndex","params":["latest","0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockHashAndIndex","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockHashAndIndex","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockHashAndIndex","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e",1]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal non-string into Go value of type hexutil.Uint"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockHashAndIndex","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockHashAndIndex","params":["0xd226371d0b1551adb03fb52b71f08e3e11247fe9b1af994768af8cdaa8e7dcd7",1]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal non-string into Go value of type hexutil.Uint"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockHashAndIndex","params":["0xd226371d0b1551adb03fb52b71f08e3e11247fe9b1af994768af8cdaa8e7dcd7"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockHashAndIndex","params":[54,"0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getUncleByBlockHashAndIndex","params":[54,"0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x0","0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x0","0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x0",1]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal non-string into Go value of type hexutil.Uint"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x1","0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","blockNumber":"0x1","blockTimestamp":"0xa","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x13a54","gasPrice":"0x1","hash":"0xc1d605c6612a5fe84dc95810030bfe5b1d327652b381bc695e28f50d13b2b09e","input":"0x600d380380600d6000396000f360004381526020014681526020014181526020014881526020014481526020013281526020013481526020016000f3","nonce":"0x0","to":null,"transactionIndex":"0x0","value":"0x0","type":"0x0","v":"0x1c","r":"0xd642ba4d1f9388c5fd312bb9fb42d189a0b3c796de55093c85f30802a85147c8","s":"0x37aa8680923f811a6988c03dd414ca00cd25d6876ba5925c7ca8ac6aad21669d"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x1","0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","blockNumber":"0x1","blockTimestamp":"0xa","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x15f84","gasPrice":"0x1","hash":"0x1999fb436409e9c2464bd9efc3aa914b2e8a843144fdcc17132fa9da0f15641e","input":"0x600d380380600d6000396000f3366002146022577177726f6e672d63616c6c6461746173697a656000526012600efd5b60003560f01c61ff01146047576d77726f6e672d63616c6c64617461600052600e6012fd5b61ffee6000526002601ef3","nonce":"0x1","to":null,"transactionIndex":"0x1","value":"0x0","type":"0x0","v":"0x1b","r":"0x218687e18ef90972e218a9f60e6dc21f865608e129c81c491c0c0132f0293de3","s":"0x5d32b06bda00fab156cc3f078ef8687ccfafe2f2ae583af5f5d02e8904b6e09"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x1",1]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal non-string into Go value of type hexutil.Uint"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x3","0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xb8a651cb280e169015aef5235a141cb2d905058d1ff9bba788b7ad2c729c9837","blockNumber":"0x3","blockTimestamp":"0x1e","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x5208","gasPrice":"0x1","hash":"0x3fbac8b19b59077cd29bbacc3815d73577b45a4d976cae80b04c98c793684c07","input":"0x","nonce":"0x3f","to":"0xc7b99a164efd027a93f147376cc7da7c67c6bbe0","transactionIndex":"0x0","value":"0x1","type":"0x0","v":"0x1c","r":"0xce1cb09c08ecf5c7b63f0ebd9601ad68c83d1084e8b726b94503bbe0aa3b8ffd","s":"0x6111304284f68b77a35ef8ec5309314645da11a22f5f87ab81a0ac6a467680c7"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x4","0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0x98f797a6af91ea770ab3a99d89c17a3a46d14c76db6bb711b18156a3493d2c94","blockNumber":"0x4","blockTimestamp":"0x28","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x186a0","gasPrice":"0x1","hash":"0xd48ebacfb769b85602310e2e0cf322e19f8cce25ac69cfd52f2d8622e3bbc3c9","input":"0xac6aaa206e0db5e5656d6974","nonce":"0x43","to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","transactionIndex":"0x1","value":"0x2","type":"0x0","v":"0x1c","r":"0xf972ca0d58058491fdbdb02797f98d14f11ed38b4ab9e40cd03085f9c498349c","s":"0x17d4283fc4f54f2e9210a3861e503f021162a74efb0887f8c2307a0b0d90e1ec"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x6","0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xa879ec246730adc769710fdb3e6197c93c64159dcb31a0ae75b26b8546270c5f","blockNumber":"0x6","blockTimestamp":"0x3c","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x5208","gasPrice":"0x1","hash":"0xa0635271e36e4c0a57b4add1a880cd4d82a650fc899845f7c763d1084092cc6f","input":"0x","nonce":"0x49","to":"0x0c2c51a0990aee1d73c1228de158688341557508","transactionIndex":"0x0","value":"0x1","type":"0x0","chainId":"0xc72dd9d5e883e","v":"0x18e5bb3abd109f","r":"0x31c82ffa1eb4a48efbdbc324f5a248c3708b7a83df0ccf954c57bf5c84de7767","s":"0x18c2c95d517af9bdf5af3693fba7d54f87d665a715912f416646c2318418d98"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x6","0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xa879ec246730adc769710fdb3e6197c93c64159dcb31a0ae75b26b8546270c5f","blockNumber":"0x6","blockTimestamp":"0x3c","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x1c4a0","gasPrice":"0x1","hash":"0x71eaf87bf736e6a177078e049cc9b4a40defd4b0b61adf00f6e8c83d4fe01760","input":"0x43600052600060205260405b604060002060208051600101905281526020016101408110600b57506101006040f3","nonce":"0x4a","to":null,"transactionIndex":"0x1","value":"0x0","type":"0x0","chainId":"0xc72dd9d5e883e","v":"0x18e5bb3abd109f","r":"0xd19ae5f95dfb6e096cb7ad4ab47446b5d8a656b3de326a94b9be9e30de62a6d4","s":"0x65ab44d7f12091ab493c8bd5ac7940345fb0edc7f0c842d15ec640ac3c540d96"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x7","0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xda1d45e659f1e6798740ffc2230a526fcb73fa04c7cdc6968ee8a4be55e26ad1","blockNumber":"0x7","blockTimestamp":"0x46","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x20bc8","gasPrice":"0x1","hash":"0x2e6fb965de2defb0a0bf3a29afdf0de8589546ae96209d1da643ceb524ad14e7","input":"0x435b8080556001015a6161a810600157","nonce":"0x4c","to":null,"transactionIndex":"0x0","value":"0x0","type":"0x0","chainId":"0xc72dd9d5e883e","v":"0x18e5bb3abd10a0","r":"0x8d3f3cd4d4600e217c2046ff5ee52aa4e1f3e20fc497b6efe73686ef970a2a21","s":"0x2469f701673b25d380a937cbc478dab51973c553ea026669cbbea17c308078fe"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x7","0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xda1d45e659f1e6798740ffc2230a526fcb73fa04c7cdc6968ee8a4be55e26ad1","blockNumber":"0x7","blockTimestamp":"0x46","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x186a0","gasPrice":"0x1","hash":"0xbd57a992c80dec13f8dafecdc48c822040a3c3f9fe16d676ef7cd8f242de1745","input":"0xcb46e87cf21bf247656d6974","nonce":"0x4d","to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","transactionIndex":"0x1","value":"0x2","type":"0x0","chainId":"0xc72dd9d5e883e","v":"0x18e5bb3abd109f","r":"0x671f7d64c8cdbce395921cca70b3f4fa5d3045de503d5836606a1a369d9816de","s":"0x1f4448b9efb454eb7e69713a184fdb76ec88c3683c053c4be122ec0cb00a9780"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x18","0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xd4c1a87837460a5d00d7225a1406ccafcfe765d40f277eaae65f17adff7dc50a","blockNumber":"0x18","blockTimestamp":"0xf0","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x186a0","gasPrice":"0x1","hash":"0x695ad02907c9e13ab7c69963f723fa46ac13cd5e2314f61eab2cb2f07b946faa","input":"0x0e394e7c8a2b32c9656d6974","nonce":"0x85","to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","transactionIndex":"0x0","value":"0x2","type":"0x1","accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000","0x95104e47e1982aba633477f377b1511396c3fe83600224bcb0c78949be705b33"]}],"chainId":"0xc72dd9d5e883e","v":"0x0","r":"0x1e97c47fb0c7d9e7db3438a25220049eed0bc14e4a8f33bbeb333e552a367cf","s":"0x1aaf9e88acf606e16781220c398aa61cfa0f68a4dc612b0a7c0103daff021c01","yParity":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x18","0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xd4c1a87837460a5d00d7225a1406ccafcfe765d40f277eaae65f17adff7dc50a","blockNumber":"0x18","blockTimestamp":"0xf0","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x5208","gasPrice":"0x1","hash":"0x2f137ddc8e8dd06196bb19c084df808e71364613e1c1354ec2b360d4d6344983","input":"0x","nonce":"0x86","to":"0x16c57edf7fa9d9525378b0b81bf8a3ced0620c1c","transactionIndex":"0x1","value":"0x1","type":"0x1","accessList":[],"chainId":"0xc72dd9d5e883e","v":"0x0","r":"0xd3680e6b981bd4a26e7f8d80a0ee50ed2a0d597821955363a10dd2a4da900f90","s":"0x42b2de8199579053cd6dd6198230ed0a79e7051e331b6cd8137096e0fd95cd97","yParity":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x19","0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xe32e47348843debd1d37a53ca49900e84ab01efb3bf2bb1d49a909ac6b39cde8","blockNumber":"0x19","blockTimestamp":"0xfa","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x186a0","gasPrice":"0x1","hash":"0x2b3a9fb9f24ae42a3a39d97885b0c1b3cdb2e0cd036555a48937ee9002daf485","input":"0x189bbcaf26329a7f656d6974","nonce":"0x8a","to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","transactionIndex":"0x1","value":"0x2","type":"0x1","accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000","0x2b1dc61696ce0d983a26626db16ebd899be2d7ecaed2ef9355a5e4aea276fd45"]}],"chainId":"0xc72dd9d5e883e","v":"0x0","r":"0xd75c2374bf42ef0f6af8186fb69c620a18c0dc6809b69e7311aeaca750d3642a","s":"0x66e4b762ff8b4a1e8a5bd391e579b454cb2bc1e2d406c612cac6263c7791c085","yParity":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x1b","0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xb82be38216daf4487ab4fcafe9413892e7140f6816276560ec10d94d039db1aa","blockNumber":"0x1b","blockTimestamp":"0x10e","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x186a0","gasPrice":"0x3b9aca01","maxFeePerGas":"0x3b9aca01","maxPriorityFeePerGas":"0x1","hash":"0x205405746564cbcf1dd53fb5ac92c7622d3792d82f03c59d9baddf2443d91864","input":"0x1ee8f6decf498faf656d6974","nonce":"0x90","to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","transactionIndex":"0x0","value":"0x2","type":"0x2","accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000","0x13bd2394f758553be374ffa4a9455cdf5e6ef3d905acd02746df2d12361e1ace"]}],"chainId":"0xc72dd9d5e883e","v":"0x1","r":"0x88bad2c994f3043a59072f6d16e0bf4fababbea1ebfbb4706fcc3066dc3b7733","s":"0x2e1aa511f0d7eeebd17d63d3072aee3b02374238a54fd48b4786553f4e51113c","yParity":"0x1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x1b","0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xb82be38216daf4487ab4fcafe9413892e7140f6816276560ec10d94d039db1aa","blockNumber":"0x1b","blockTimestamp":"0x10e","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x5208","gasPrice":"0x3b9aca01","maxFeePerGas":"0x3b9aca01","maxPriorityFeePerGas":"0x1","hash":"0x128547effc200ad69159dcffa8bcf53fa70518ea8efb1d2d865fb00ff4326ca5","input":"0x","nonce":"0x91","to":"0x717f8aa2b982bee0e29f573d31df288663e1ce16","transactionIndex":"0x1","value":"0x1","type":"0x2","accessList":[],"chainId":"0xc72dd9d5e883e","v":"0x0","r":"0xe6645e29f57a516694e7b8ef47b6c6569f25df1fe45f14e332b8edff86bd8ecc","s":"0x37fafbbe6aeb5600ae0061e53658a897fca1afaa4b8ca868fcaf02a2fa994f3e","yParity":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x1c","0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0x8708964209a8e97ab2e161657f9fd04173a16341404bba9f7508c28f0d79ea54","blockNumber":"0x1c","blockTimestamp":"0x118","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x5208","gasPrice":"0x342a385b","maxFeePerGas":"0x342a385b","maxPriorityFeePerGas":"0x1","hash":"0x07aa2dd200e89fc13a1b96962ffff4d19ece0e75b3e3c8c255255962f1adfc23","input":"0x","nonce":"0x94","to":"0x16c57edf7fa9d9525378b0b81bf8a3ced0620c1c","transactionIndex":"0x0","value":"0x1","type":"0x2","accessList":[],"chainId":"0xc72dd9d5e883e","v":"0x0","r":"0x4bbd0a8cdce6489516d41245091d093489e527e17826c24355c3a70c34ecf76d","s":"0x65d2b7ed6b93e0b9d76a96ff64de9944a29dfb413444a2b5b4f6605622db0ffd","yParity":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x1e","0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0x367f2062c251495f3e57067bd164b02a802451950f66a7136ffd113f61850e15","blockNumber":"0x1e","blockTimestamp":"0x12c","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x5208","gasPrice":"0x27f6a8ee","hash":"0x64973232e1aa74dec00ca630c60756c515750cc9f8d6c60ba1dd8561560bbecf","input":"0x","nonce":"0x9b","to":"0x84e75c28348fb86acea1a93a39426d7d60f4cc46","transactionIndex":"0x0","value":"0x1","type":"0x1","accessList":[],"chainId":"0xc72dd9d5e883e","v":"0x0","r":"0x641d206020252f2854065c344e914b04402e39b5b852a6bdb07b48c26b794fd6","s":"0x562e86a70b5d0dd8eb419e476e6d40eb523c47d39716770f2737993794ce8f36","yParity":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x1e","0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0x367f2062c251495f3e57067bd164b02a802451950f66a7136ffd113f61850e15","blockNumber":"0x1e","blockTimestamp":"0x12c","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x186a0","gasPrice":"0x27f6a8ee","maxFeePerGas":"0x27f6a8ee","maxPriorityFeePerGas":"0x1","hash":"0xd20d21e5c9ea93c1dc90d0f336a88e698e907e7c060147ce27f3fdfab5c06598","input":"0xbdeddf9058cb505b656d6974","nonce":"0x9c","to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","transactionIndex":"0x1","value":"0x2","type":"0x2","accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000","0x3ed0887da4c74d328bb14dee016835bcc911bd8eeef005e98ada38b3ce300df9"]}],"chainId":"0xc72dd9d5e883e","v":"0x0","r":"0xf196860be089ff98dc71bf08f6f02826776f70f46244a9ddc9b2f1d38fdfce9e","s":"0x54ba4918420218d0d9a0bb059524afb30c11acc275b6dc17bfd6f25984cd0d38","yParity":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x2a","0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0x9e5e1e79c57f257def6a0e882d10863e2a98b034e6e0fdaccd7ff7b31312105d","blockNumber":"0x2a","blockTimestamp":"0x1a4","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x186a0","gasPrice":"0x813f23c","maxFeePerGas":"0x813f23c","maxPriorityFeePerGas":"0x1","maxFeePerBlobGas":"0x20000","hash":"0x4bb6fa064c302d27ea9ac821e061bcc336b8fa40de77f01e116c6461d47e7ac1","input":"0x29db68258899c2fe656d6974","nonce":"0xc7","to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","transactionIndex":"0x0","value":"0x3","type":"0x3","accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000","0x35f96bc70aa62a539fa99d9153b0f8aaa4594abf70cc8a8d9018e04e39a17982"]}],"chainId":"0xc72dd9d5e883e","blobVersionedHashes":["0x015a4cab4911426699ed34483de6640cf55a568afc5c5edffdcbd8bcd4452f68"],"v":"0x1","r":"0xf5b2ecf5fb4a93d85bfa76fab96a57eed00c3e5ed379f0018756e33d3cbb985a","s":"0x6647a16a0b2aee4772edf9c03afb679e21d134ce3231f0fce7f6bfa9d1152f03","yParity":"0x1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x2b","0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0x31d1d333de0234836b06628d127b49604ec49c0f62a741c89cae4596a428b4c4","blockNumber":"0x2b","blockTimestamp":"0x1ae","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x186a0","gasPrice":"0x711e8d3","maxFeePerGas":"0x711e8d3","maxPriorityFeePerGas":"0x1","maxFeePerBlobGas":"0x20000","hash":"0x1dd788ce4b34b5b92438da2e9e3f3d001da52abb8cf5ad0757f4b4636eac8686","input":"0xebe7a54f122c1cf1656d6974","nonce":"0xcc","to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","transactionIndex":"0x1","value":"0x3","type":"0x3","accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000","0xfeeef6a225ce61c62b83116eb877dcaaffdb3534e894841ac1b667cec5082f23"]}],"chainId":"0xc72dd9d5e883e","blobVersionedHashes":["0x015a4cab4911426699ed34483de6640cf55a568afc5c5edffdcbd8bcd4452f68"],"v":"0x0","r":"0x2c42c741934fc12126476fe495af87549dc7e60896d84b5d82ac9ab788b82e51","s":"0x66f4001113af48964cbc6b65c04e0b0b16e4b4c84459ec93c374a30a1e3376c3","yParity":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x2d","0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xe4165d5a6e4d31469f4a9354c30bffec633a640940b40bc0bc1ae86d1b391643","blockNumber":"0x2d","blockTimestamp":"0x1c2","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0xb3b0","gasPrice":"0x56a9214","maxFeePerGas":"0x56a9214","maxPriorityFeePerGas":"0x1","hash":"0x99f7e58af4dd2735931a3262705fbe57ea2fcc79497668f74309cdeaf37cc223","input":"0x","nonce":"0xd3","to":"0x0000000000000000000000000000000000000000","transactionIndex":"0x1","value":"0x0","type":"0x4","accessList":[],"chainId":"0xc72dd9d5e883e","authorizationList":[{"chainId":"0xc72dd9d5e883e","address":"0x8c2319620d7c348bb4e2b2a0b230c81f310e9561","nonce":"0x0","yParity":"0x0","r":"0xf17d59102e9ebed035d1bd77bc668b170eb1d38edef6e7d971857d85781d68fe","s":"0x193dbdc8dea2fc194da75febbd4de9689b625eecd1e4ca30e27b45339af22572"}],"v":"0x0","r":"0x333946e8b98c5b7eff15da75e7264e9e16728f06436e86611c82fd14eaee2256","s":"0x3b268e5c9bb29a77f6976ae0f580f781ad765de3f9163b528ea9230ac02c996c","yParity":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number \u003e 64 bits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number \u003e 64 bits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x0000000000000000000000000000000000000000000000000000000000000000","0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0x0000000000000000000000000000000000000000000000000000000000000000","0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["54","0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["54","0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["","0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["","0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0xffffffffffffffff","0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: block number larger than int64"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockNumberAndIndex","params":["0xffffffffffffffff","0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: block number larger than int64"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockHashAndIndex","params":["0x0","0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string of odd length into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockHashAndIndex","params":["0x0","0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string of odd length into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockHashAndIndex","params":["0x10","0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 2, want 64 for common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockHashAndIndex","params":["0x10","0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 2, want 64 for common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockHashAndIndex","params":["latest","0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockHashAndIndex","params":["latest","0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockHashAndIndex","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","blockNumber":"0x1","blockTimestamp":"0xa","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x13a54","gasPrice":"0x1","hash":"0xc1d605c6612a5fe84dc95810030bfe5b1d327652b381bc695e28f50d13b2b09e","input":"0x600d380380600d6000396000f360004381526020014681526020014181526020014881526020014481526020013281526020013481526020016000f3","nonce":"0x0","to":null,"transactionIndex":"0x0","value":"0x0","type":"0x0","v":"0x1c","r":"0xd642ba4d1f9388c5fd312bb9fb42d189a0b3c796de55093c85f30802a85147c8","s":"0x37aa8680923f811a6988c03dd414ca00cd25d6876ba5925c7ca8ac6aad21669d"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockHashAndIndex","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","blockNumber":"0x1","blockTimestamp":"0xa","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x15f84","gasPrice":"0x1","hash":"0x1999fb436409e9c2464bd9efc3aa914b2e8a843144fdcc17132fa9da0f15641e","input":"0x600d380380600d6000396000f3366002146022577177726f6e672d63616c6c6461746173697a656000526012600efd5b60003560f01c61ff01146047576d77726f6e672d63616c6c64617461600052600e6012fd5b61ffee6000526002601ef3","nonce":"0x1","to":null,"transactionIndex":"0x1","value":"0x0","type":"0x0","v":"0x1b","r":"0x218687e18ef90972e218a9f60e6dc21f865608e129c81c491c0c0132f0293de3","s":"0x5d32b06bda00fab156cc3f078ef8687ccfafe2f2ae583af5f5d02e8904b6e09"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockHashAndIndex","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","0x7fffffff"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockHashAndIndex","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e",1]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal non-string into Go value of type hexutil.Uint"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockHashAndIndex","params":["0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockHashAndIndex","params":["0xd226371d0b1551adb03fb52b71f08e3e11247fe9b1af994768af8cdaa8e7dcd7","0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xd226371d0b1551adb03fb52b71f08e3e11247fe9b1af994768af8cdaa8e7dcd7","blockNumber":"0x36","blockTimestamp":"0x21c","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x1bc1c","gasPrice":"0x1a21398","hash":"0x0d1cf59d345d07f13d0981dd7ca1313bb2fbac151848aba3b7a57a26713fba42","input":"0x43600052600060205260405b604060002060208051600101905281526020016101408110600b57506101006040f3","nonce":"0xf5","to":null,"transactionIndex":"0x0","value":"0x0","type":"0x0","chainId":"0xc72dd9d5e883e","v":"0x18e5bb3abd10a0","r":"0x18295d0a09e4b743fe66e4bd62cf4e0828c3a8ebf9902ae661585f1b9e24e12f","s":"0x1927746004a434d6c79f96c3be88496040b6f1eee6f00c11368cfbadfa119f19"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockHashAndIndex","params":["0xd226371d0b1551adb03fb52b71f08e3e11247fe9b1af994768af8cdaa8e7dcd7","0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xd226371d0b1551adb03fb52b71f08e3e11247fe9b1af994768af8cdaa8e7dcd7","blockNumber":"0x36","blockTimestamp":"0x21c","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x11f58","gasPrice":"0x1a21398","hash":"0x492784ac4d441388c6f8415f41e1441f007ab20dc960a2e5edd80012d657d986","input":"0x4360005260006020525b604060002060208051600101905260206020a15a61271010600957","nonce":"0xf6","to":null,"transactionIndex":"0x1","value":"0x0","type":"0x0","chainId":"0xc72dd9d5e883e","v":"0x18e5bb3abd109f","r":"0x6ee4b33f121a77f52fdcece9fa98c69e29ae191f6c4c6551a33592d4635c99af","s":"0x1603f7ebcea9ad9f438bd25f71676b58632bfdb82045ccd15ae8a650271fef64"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockHashAndIndex","params":["0xd226371d0b1551adb03fb52b71f08e3e11247fe9b1af994768af8cdaa8e7dcd7","0x7fffffff"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockHashAndIndex","params":["0xd226371d0b1551adb03fb52b71f08e3e11247fe9b1af994768af8cdaa8e7dcd7",1]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal non-string into Go value of type hexutil.Uint"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockHashAndIndex","params":["0xd226371d0b1551adb03fb52b71f08e3e11247fe9b1af994768af8cdaa8e7dcd7"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockHashAndIndex","params":[54,"0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByBlockHashAndIndex","params":[54,"0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x0"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x3680600080376000206000548082558060010160005560005263656d697460206000a2"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x0"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0","0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x0000000000000000000000000000000000000000000000000000000000000000"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["0x0000000000000000000000000000000000000000000000000000000000000000"]},"0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["0x0000000000000000000000000000000000000000000000000000000000000000"]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x0"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x3680600080376000206000548082558060010160005560005263656d697460206000a2"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x0"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0","0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x0000000000000000000000000000000000000000000000000000000000000000"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["0x0000000000000000000000000000000000000000000000000000000000000000"]},"0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["0x0000000000000000000000000000000000000000000000000000000000000000"]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x37"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x37"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x37"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0","0x37"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",["0x0","0x0000000000000000000000000000000000000000000000000000000000000000","1","0x2"],"0x37"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",[],"0x37"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["0x0000000000000000000000000000000000000000000000000000000000000000"]},"0x37"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x38"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x38"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x38"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0","0x38"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["0x0000000000000000000000000000000000000000000000000000000000000000"]},"0x38"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header for hash not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header for hash not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header for hash not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0","0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header for hash not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",["0x0","0x0000000000000000000000000000000000000000000000000000000000000000","1","0x2"],"0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header for hash not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",[],"0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header for hash not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["0x0000000000000000000000000000000000000000000000000000000000000000"]},"0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header for hash not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0","0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",["0x0","0x0000000000000000000000000000000000000000000000000000000000000000","1","0x2"],"0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",[],"0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["0x0000000000000000000000000000000000000000000000000000000000000000"]},"0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","54"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","54"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","54"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0","54"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",["0x0","0x0000000000000000000000000000000000000000000000000000000000000000","1","0x2"],"54"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",[],"54"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["0x0000000000000000000000000000000000000000000000000000000000000000"]},"54"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0",54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",["0x0","0x0000000000000000000000000000000000000000000000000000000000000000","1","0x2"],54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",[],54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["0x0000000000000000000000000000000000000000000000000000000000000000"]},54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0",""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",["0x0","0x0000000000000000000000000000000000000000000000000000000000000000","1","0x2"],""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",[],""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["0x0000000000000000000000000000000000000000000000000000000000000000"]},""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","foo"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","foo"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","foo"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0","foo"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["0x0000000000000000000000000000000000000000000000000000000000000000"]},"foo"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0","0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",["0x0","0x0000000000000000000000000000000000000000000000000000000000000000","1","0x2"],"0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",[],"0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["0x0000000000000000000000000000000000000000000000000000000000000000"]},"0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",{"blockHash":"0x0000000000000000000000000000000000000000000000000000000000000000","requireCanonical":true}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header for hash not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",{"blockHash":"0x0000000000000000000000000000000000000000000000000000000000000000","requireCanonical":true}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header for hash not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",{"blockHash":"0x0000000000000000000000000000000000000000000000000000000000000000","requireCanonical":true}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header for hash not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0",{"blockHash":"0x0000000000000000000000000000000000000000000000000000000000000000","requireCanonical":true}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header for hash not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["0x0000000000000000000000000000000000000000000000000000000000000000"]},{"blockHash":"0x0000000000000000000000000000000000000000000000000000000000000000","requireCanonical":true}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header for hash not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0",{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",["0x0","0x0000000000000000000000000000000000000000000000000000000000000000","1","0x2"],{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",[],{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["0x0000000000000000000000000000000000000000000000000000000000000000"]},{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0",{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",["0x0","0x0000000000000000000000000000000000000000000000000000000000000000","1","0x2"],{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",[],{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["0x0000000000000000000000000000000000000000000000000000000000000000"]},{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x0",["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",["0x0","0x0000000000000000000000000000000000000000000000000000000000000000","1","0x2"],["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",[],["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["0x0000000000000000000000000000000000000000000000000000000000000000"]},["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x","latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal string into Go value of type []string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["0x"]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 0, want 64 for common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","","latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal string into Go value of type []string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":[""]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 0, want 64 for common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0xzz","latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid hex in storage key: \"0xzz\""}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0xzz"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid hex in storage key: \"0xzz\""}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",["0xzz"],"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid hex in storage key: \"0xzz\""}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","z","latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid hex in storage key: \"z\""}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","z"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid hex in storage key: \"z\""}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",["z"],"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid hex in storage key: \"z\""}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["z"]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["0x1"]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string of odd length into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["01"]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x00000000000000000000000000000000000000000000000000000000000000000","latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"storage key too long (want at most 32 bytes): \"0x00000000000000000000000000000000000000000000000000000000000000000\""}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","0x00000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"storage key too long (want at most 32 bytes): \"0x00000000000000000000000000000000000000000000000000000000000000000\""}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",["0x00000000000000000000000000000000000000000000000000000000000000000"],"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"storage key too long (want at most 32 bytes): \"0x00000000000000000000000000000000000000000000000000000000000000000\""}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":["0x00000000000000000000000000000000000000000000000000000000000000000"]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string of odd length into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",["0x000000000000000000000000000000000000000000000000000000000000000000"],"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"storage key too long (want at most 32 bytes): \"0x000000000000000000000000000000000000000000000000000000000000000000\""}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",1,"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",1,"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal number into Go value of type []string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":[1]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",null,"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",null]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df",null,"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":[null]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","0x0","0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f":["0x0000000000000000000000000000000000000000000000000000000000000000"]},"0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f",54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f",54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f",54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f":["0x0000000000000000000000000000000000000000000000000000000000000000"]},54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f",""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f",""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f",""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","0x0",""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f":["0x0000000000000000000000000000000000000000000000000000000000000000"]},""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","0x0","0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f":["0x0000000000000000000000000000000000000000000000000000000000000000"]},"0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f",{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f",{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f",{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","0x0",{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f":["0x0000000000000000000000000000000000000000000000000000000000000000"]},{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f",{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f",{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f",{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","0x0",{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f":["0x0000000000000000000000000000000000000000000000000000000000000000"]},{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f",["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f",["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionCount","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f",["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageAt","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","0x0",["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f":["0x0000000000000000000000000000000000000000000000000000000000000000"]},["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f",["0xzz"],"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid hex in storage key: \"0xzz\""}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f",["z"],"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid hex in storage key: \"z\""}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f",1,"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal number into Go value of type []string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x0000000000000000000000000000000000000001",[],"0x0"]}
<< {"jsonrpc":"2.0","id":1,"result":{"address":"0x0000000000000000000000000000000000000001","accountProof":["0xf901d1a0955a746a3c404f9a8d8355e1909989cba2e837be87dd9fb2cd00533575da8e5280a06ae18b61d7d411007f214e0a8ffebff86892f9ec7e8bb809c24958220a9bb6e7a0846d7c6cd5d9ddaaf9dcb3d6ca9c0c25f3e2e5200ac691a90320cbf117fec703a086d47e80e2da2f188b6c40b0f02b1fe5a9298b52b34eb5e6842c124b70bd1f95a08a770e987ec33a41128a43f75abbe87ca61f2ec6e6816640beec88505f4de727a098903f73b9f976c16fa873985597246f2360be89e4ea82cf34485c9b4873118da075edb8081b8b8064d0bee14aa99174a274ee54d58efaf024714b39982e102b76a0f592fdcd36113ed2ee216477171bc0f1a16ccbb48a781caf7e17b40c5834e54ba0dc9c47e4e719779e83cddcc1e1903d4d61eec8e6e79ac759500e0a7546b333c6a02f8580aa2223e47cbf7d7c38eddbaea19fac7cc30a8d08bf888a1e9c04778a3aa04c0fe2f2bd7a2ab53249fdd5795001c84c3d8ac2b6ad3af1d278952feae28eaca07773c6d8e7116744972242806cbe306dae7ab9bd7da3c6933acb1ca0c15fa1f3a082cc1633617e7faf881d4f3e72ca777a9ebea6242d4edb7d6f6c3f707acfaabaa0a815b5ce7d9bde5ace26fd002df335a415a999f40d479cbc5c415ff06e5259fb8080"],"balance":"0x0","codeHash":"0x0000000000000000000000000000000000000000000000000000000000000000","nonce":"0x0","storageHash":"0x0000000000000000000000000000000000000000000000000000000000000000","storageProof":[]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["0x0000000000000000000000000000000000000001",[],"0x1"]}
<< {"jsonrpc":"2.0","id":1,"result":{"address":"0x0000000000000000000000000000000000000001","accountProof":["0xf901d1a0f9d83c33cccaa675b1e039c5492502c6b2a1b9d2479917202c84b6ce2dca2df980a01e1cc8d171caf726043b8c2699917e1c2673bb29bfb602dbdc1e5121ef686865a0846d7c6cd5d9ddaaf9dcb3d6ca9c0c25f3e2e5200ac691a90320cbf117fec703a0a4904ed5320606dfbed28049e4fd05cfde48065419f657a8ec33a4942bf5f74fa061168592881bad191ae0a62cf5f81d6f013866faa9851c945584bd4d142c2431a08318abf6444c073c8c9cc35f4b06b8c76859b27e5046efad529fa19af3fe301fa075edb8081b8b8064d0bee14aa99174a274ee54d58efaf024714b39982e102b76a0f592fdcd36113ed2ee216477171bc0f1a16ccbb48a781caf7e17b40c5834e54ba08690b8c18f6fe480c8380217ec26a086be0a7730912c2a4c399993d3fbd432d8a02f8580aa2223e47cbf7d7c38eddbaea19fac7cc30a8d08bf888a1e9c04778a3aa04c0fe2f2bd7a2ab53249fdd5795001c84c3d8ac2b6ad3af1d278952feae28eaca07773c6d8e7116744972242806cbe306dae7ab9bd7da3c6933acb1ca0c15fa1f3a082cc1633617e7faf881d4f3e72ca777a9ebea6242d4edb7d6f6c3f707acfaabaa0a815b5ce7d9bde5ace26fd002df335a415a999f40d479cbc5c415ff06e5259fb8080"],"balance":"0x0","codeHash":"0x0000000000000000000000000000000000000000000000000000000000000000","nonce":"0x0","storageHash":"0x0000000000000000000000000000000000000000000000000000000000000000","storageProof":[]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"empty request"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":[],"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f":["0x0000000000000000000000000000000000000000000000000000000000000000"]}]}
<< {"jsonrpc":"2.0","id":1,"result":{"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f":["0x0000000000000000000000000000000000000000000000000000000000000000"],"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":[]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getStorageValues","params":[{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":null,"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f":["0x0000000000000000000000000000000000000000000000000000000000000000"]}]}
<< {"jsonrpc":"2.0","id":1,"result":{"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f":["0x0000000000000000000000000000000000000000000000000000000000000000"],"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":[]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x12"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 2, want 40 for common.Address"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":[12]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go value of type common.Address"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","latest",1]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"too many arguments, want at most 2"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}
<< {"jsonrpc":"2.0","id":1,"result":"0xc72dd9d5e883e"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":["x"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"too many arguments, want at most 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_blockNumber","params":[]}
<< {"jsonrpc":"2.0","id":1,"result":"0x36"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_blockNumber","params":["x"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"too many arguments, want at most 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_gasPrice","params":[]}
<< {"jsonrpc":"2.0","id":1,"result":"0x1b155d7"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_gasPrice","params":["x"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"too many arguments, want at most 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_maxPriorityFeePerGas","params":[]}
<< {"jsonrpc":"2.0","id":1,"result":"0xf4240"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_maxPriorityFeePerGas","params":["x"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"too many arguments, want at most 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_baseFee","params":[]}
<< {"jsonrpc":"2.0","id":1,"result":"0x16dfe9b"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_baseFee","params":["x"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"too many arguments, want at most 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_blobBaseFee","params":[]}
<< {"jsonrpc":"2.0","id":1,"result":"0x1"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_blobBaseFee","params":["x"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"too many arguments, want at most 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_syncing","params":[]}
<< {"jsonrpc":"2.0","id":1,"result":false}
>> {"jsonrpc":"2.0","id":1,"method":"eth_syncing","params":["x"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"too many arguments, want at most 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_accounts","params":[]}
<< {"jsonrpc":"2.0","id":1,"result":[]}
>> {"jsonrpc":"2.0","id":1,"method":"eth_accounts","params":["x"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"too many arguments, want at most 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_config","params":["x"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"too many arguments, want at most 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"net_version","params":[]}
<< {"jsonrpc":"2.0","id":1,"result":"3503995874084926"}
>> {"jsonrpc":"2.0","id":1,"method":"net_version","params":["x"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"too many arguments, want at most 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"net_listening","params":[]}
<< {"jsonrpc":"2.0","id":1,"result":true}
>> {"jsonrpc":"2.0","id":1,"method":"net_listening","params":["x"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"too many arguments, want at most 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_foo","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"the method eth_foo does not exist/is not available"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_foo","params":["x"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"the method eth_foo does not exist/is not available"}}
>> {"jsonrpc":"2.0","id":1,"method":"foo_bar","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"the method foo_bar does not exist/is not available"}}
>> {"jsonrpc":"2.0","id":1,"method":"foo_bar","params":["x"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"the method foo_bar does not exist/is not available"}}
>> {"jsonrpc":"2.0","id":1,"method":"foo","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"the method foo does not exist/is not available"}}
>> {"jsonrpc":"2.0","id":1,"method":"foo","params":["x"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"the method foo does not exist/is not available"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"notifications not supported"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["x"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"notifications not supported"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_unsubscribe","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_unsubscribe","params":["x"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"subscription not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getFilterChanges","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getFilterChanges","params":["x"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"filter not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_uninstallFilter","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_uninstallFilter","params":["x"]}
<< {"jsonrpc":"2.0","id":1,"result":false}
>> {"jsonrpc":"2.0","id":1,"method":"web3_sha3","params":["0x"]}
<< {"jsonrpc":"2.0","id":1,"result":"0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"}
>> {"jsonrpc":"2.0","id":1,"method":"web3_sha3","params":["0x68656c6c6f"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x1c8aff950685c2ed4bc3174f3472287b56d9517b9c948127319a09a7a36deac8"}
>> {"jsonrpc":"2.0","id":1,"method":"web3_sha3","params":["68"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type hexutil.Bytes"}}
>> {"jsonrpc":"2.0","id":1,"method":"web3_sha3","params":["0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string of odd length into Go value of type hexutil.Bytes"}}
>> {"jsonrpc":"2.0","id":1,"method":"web3_sha3","params":[5]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go value of type hexutil.Bytes"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x0","latest",[]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x0","gasUsedRatio":null}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x0","latest",null]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 2"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x0","latest",[0]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x0","gasUsedRatio":null}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x0","latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 2"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x1","latest",[]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x36","baseFeePerGas":["0x1a21397","0x16dfe9b"],"gasUsedRatio":[0.001699125],"baseFeePerBlobGas":["0x1","0x1"],"blobGasUsedRatio":[0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x1","latest",[0]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x36","reward":[["0x1"]],"baseFeePerGas":["0x1a21397","0x16dfe9b"],"gasUsedRatio":[0.001699125],"baseFeePerBlobGas":["0x1","0x1"],"blobGasUsedRatio":[0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x1","latest",[10,50,90]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x36","reward":[["0x1","0x1","0x1"]],"baseFeePerGas":["0x1a21397","0x16dfe9b"],"gasUsedRatio":[0.001699125],"baseFeePerBlobGas":["0x1","0x1"],"blobGasUsedRatio":[0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x1","latest",[0,25.5,100]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x36","reward":[["0x1","0x1","0x1"]],"baseFeePerGas":["0x1a21397","0x16dfe9b"],"gasUsedRatio":[0.001699125],"baseFeePerBlobGas":["0x1","0x1"],"blobGasUsedRatio":[0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x1","latest",[50,50]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"invalid reward percentile: #0:50.000000 \u003e= #1:50.000000"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x1","latest",[50,40]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"invalid reward percentile: #0:50.000000 \u003e= #1:40.000000"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x1","latest",[-1]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"invalid reward percentile: -1.000000"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x1","latest",[101]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"invalid reward percentile: 101.000000"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x1","safe",[]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x36","baseFeePerGas":["0x1a21397","0x16dfe9b"],"gasUsedRatio":[0.001699125],"baseFeePerBlobGas":["0x1","0x1"],"blobGasUsedRatio":[0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x1","safe",[0]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x36","reward":[["0x1"]],"baseFeePerGas":["0x1a21397","0x16dfe9b"],"gasUsedRatio":[0.001699125],"baseFeePerBlobGas":["0x1","0x1"],"blobGasUsedRatio":[0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x1","safe",[-1]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"invalid reward percentile: -1.000000"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x1","safe",[101]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"invalid reward percentile: 101.000000"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x1","0x37",[]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"request beyond head block: requested 55, head 54"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x1","0x37",[0]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"request beyond head block: requested 55, head 54"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x2","latest",[]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x35","baseFeePerGas":["0x1ddb773","0x1a21397","0x16dfe9b"],"gasUsedRatio":[0.00062368,0.001699125],"baseFeePerBlobGas":["0x1","0x1","0x1"],"blobGasUsedRatio":[0.06666666666666667,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x2","latest",[0]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x35","reward":[["0x1"],["0x1"]],"baseFeePerGas":["0x1ddb773","0x1a21397","0x16dfe9b"],"gasUsedRatio":[0.00062368,0.001699125],"baseFeePerBlobGas":["0x1","0x1","0x1"],"blobGasUsedRatio":[0.06666666666666667,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x2","latest",[10,50,90]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x35","reward":[["0x1","0x1","0x1"],["0x1","0x1","0x1"]],"baseFeePerGas":["0x1ddb773","0x1a21397","0x16dfe9b"],"gasUsedRatio":[0.00062368,0.001699125],"baseFeePerBlobGas":["0x1","0x1","0x1"],"blobGasUsedRatio":[0.06666666666666667,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x2","latest",[0,25.5,100]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x35","reward":[["0x1","0x1","0x1"],["0x1","0x1","0x1"]],"baseFeePerGas":["0x1ddb773","0x1a21397","0x16dfe9b"],"gasUsedRatio":[0.00062368,0.001699125],"baseFeePerBlobGas":["0x1","0x1","0x1"],"blobGasUsedRatio":[0.06666666666666667,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x2","safe",[]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x35","baseFeePerGas":["0x1ddb773","0x1a21397","0x16dfe9b"],"gasUsedRatio":[0.00062368,0.001699125],"baseFeePerBlobGas":["0x1","0x1","0x1"],"blobGasUsedRatio":[0.06666666666666667,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x2","safe",[0]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x35","reward":[["0x1"],["0x1"]],"baseFeePerGas":["0x1ddb773","0x1a21397","0x16dfe9b"],"gasUsedRatio":[0.00062368,0.001699125],"baseFeePerBlobGas":["0x1","0x1","0x1"],"blobGasUsedRatio":[0.06666666666666667,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":[5,"latest",[]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x32","baseFeePerGas":["0x2c880c7","0x26f8616","0x221d98d","0x1ddb773","0x1a21397","0x16dfe9b"],"gasUsedRatio":[0.00046934,0.001709625,0.00071818,0.00062368,0.001699125],"baseFeePerBlobGas":["0x1","0x1","0x1","0x1","0x1","0x1"],"blobGasUsedRatio":[0,0.06666666666666667,0,0.06666666666666667,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":[5,"latest",[0]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x32","reward":[["0x1"],["0x1"],["0x1"],["0x1"],["0x1"]],"baseFeePerGas":["0x2c880c7","0x26f8616","0x221d98d","0x1ddb773","0x1a21397","0x16dfe9b"],"gasUsedRatio":[0.00046934,0.001709625,0.00071818,0.00062368,0.001699125],"baseFeePerBlobGas":["0x1","0x1","0x1","0x1","0x1","0x1"],"blobGasUsedRatio":[0,0.06666666666666667,0,0.06666666666666667,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":[5,"latest",[10,50,90]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x32","reward":[["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"]],"baseFeePerGas":["0x2c880c7","0x26f8616","0x221d98d","0x1ddb773","0x1a21397","0x16dfe9b"],"gasUsedRatio":[0.00046934,0.001709625,0.00071818,0.00062368,0.001699125],"baseFeePerBlobGas":["0x1","0x1","0x1","0x1","0x1","0x1"],"blobGasUsedRatio":[0,0.06666666666666667,0,0.06666666666666667,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":[5,"latest",[0,25.5,100]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x32","reward":[["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"]],"baseFeePerGas":["0x2c880c7","0x26f8616","0x221d98d","0x1ddb773","0x1a21397","0x16dfe9b"],"gasUsedRatio":[0.00046934,0.001709625,0.00071818,0.00062368,0.001699125],"baseFeePerBlobGas":["0x1","0x1","0x1","0x1","0x1","0x1"],"blobGasUsedRatio":[0,0.06666666666666667,0,0.06666666666666667,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":[5,"safe",[]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x32","baseFeePerGas":["0x2c880c7","0x26f8616","0x221d98d","0x1ddb773","0x1a21397","0x16dfe9b"],"gasUsedRatio":[0.00046934,0.001709625,0.00071818,0.00062368,0.001699125],"baseFeePerBlobGas":["0x1","0x1","0x1","0x1","0x1","0x1"],"blobGasUsedRatio":[0,0.06666666666666667,0,0.06666666666666667,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":[5,"safe",[0]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x32","reward":[["0x1"],["0x1"],["0x1"],["0x1"],["0x1"]],"baseFeePerGas":["0x2c880c7","0x26f8616","0x221d98d","0x1ddb773","0x1a21397","0x16dfe9b"],"gasUsedRatio":[0.00046934,0.001709625,0.00071818,0.00062368,0.001699125],"baseFeePerBlobGas":["0x1","0x1","0x1","0x1","0x1","0x1"],"blobGasUsedRatio":[0,0.06666666666666667,0,0.06666666666666667,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x400","0x1a",[]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x0","baseFeePerGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x3b9aca00"],"gasUsedRatio":[0,0.00337899,0.91400327,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00191387,0.00182828,0.00332215,0.00191387,0.00182828,0.00332215,0.00242296,0.00093868,0.00339815],"baseFeePerBlobGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0"],"blobGasUsedRatio":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x400","0x1a",[0]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x0","reward":[["0x0"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"]],"baseFeePerGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x3b9aca00"],"gasUsedRatio":[0,0.00337899,0.91400327,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00191387,0.00182828,0.00332215,0.00191387,0.00182828,0.00332215,0.00242296,0.00093868,0.00339815],"baseFeePerBlobGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0"],"blobGasUsedRatio":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x400","0x1a",[10,50,90]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x0","reward":[["0x0","0x0","0x0"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"]],"baseFeePerGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x3b9aca00"],"gasUsedRatio":[0,0.00337899,0.91400327,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00191387,0.00182828,0.00332215,0.00191387,0.00182828,0.00332215,0.00242296,0.00093868,0.00339815],"baseFeePerBlobGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0"],"blobGasUsedRatio":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x400","0x1a",[0,25.5,100]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x0","reward":[["0x0","0x0","0x0"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"],["0x1","0x1","0x1"]],"baseFeePerGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x3b9aca00"],"gasUsedRatio":[0,0.00337899,0.91400327,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00191387,0.00182828,0.00332215,0.00191387,0.00182828,0.00332215,0.00242296,0.00093868,0.00339815],"baseFeePerBlobGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0"],"blobGasUsedRatio":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x400","0x1b",[]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x0","baseFeePerGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x3b9aca00","0x342a385a"],"gasUsedRatio":[0,0.00337899,0.91400327,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00191387,0.00182828,0.00332215,0.00191387,0.00182828,0.00332215,0.00242296,0.00093868,0.00339815,0.00072868],"baseFeePerBlobGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0"],"blobGasUsedRatio":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x400","0x1b",[0]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x0","reward":[["0x0"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"]],"baseFeePerGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x3b9aca00","0x342a385a"],"gasUsedRatio":[0,0.00337899,0.91400327,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00191387,0.00182828,0.00332215,0.00191387,0.00182828,0.00332215,0.00242296,0.00093868,0.00339815,0.00072868],"baseFeePerBlobGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0"],"blobGasUsedRatio":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x400","0x2a",[]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x0","baseFeePerGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x3b9aca00","0x342a385a","0x2daa2286","0x27f6a8ed","0x22fa616a","0x1e9df006","0x1acb6ae1","0x1774a846","0x1486fee3","0x11f76ec1","0xfb9f848","0xdc37500","0xc0c8585","0xa8b517c","0x93a819e","0x813f23b","0x711e8d2"],"gasUsedRatio":[0,0.00337899,0.91400327,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00191387,0.00182828,0.00332215,0.00191387,0.00182828,0.00332215,0.00242296,0.00093868,0.00339815,0.00072868,0.001555235,0.00061312,0.00099823,0.001275185,0.00062368,0.001555235,0.00061318,0.00099823,0.001275185,0.00072868,0.001699075,0.00046934,0.00089325,0.001275215,0.00088302],"baseFeePerBlobGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x1","0x1"],"blobGasUsedRatio":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0.16666666666666666]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x500","0x1a",[]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x0","baseFeePerGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x3b9aca00"],"gasUsedRatio":[0,0.00337899,0.91400327,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00191387,0.00182828,0.00332215,0.00191387,0.00182828,0.00332215,0.00242296,0.00093868,0.00339815],"baseFeePerBlobGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0"],"blobGasUsedRatio":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x500","0x1a",[0]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x0","reward":[["0x0"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"]],"baseFeePerGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x3b9aca00"],"gasUsedRatio":[0,0.00337899,0.91400327,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00191387,0.00182828,0.00332215,0.00191387,0.00182828,0.00332215,0.00242296,0.00093868,0.00339815],"baseFeePerBlobGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0"],"blobGasUsedRatio":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x500","0x1b",[]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x0","baseFeePerGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x3b9aca00","0x342a385a"],"gasUsedRatio":[0,0.00337899,0.91400327,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00191387,0.00182828,0.00332215,0.00191387,0.00182828,0.00332215,0.00242296,0.00093868,0.00339815,0.00072868],"baseFeePerBlobGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0"],"blobGasUsedRatio":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x500","0x1b",[0]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x0","reward":[["0x0"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"],["0x1"]],"baseFeePerGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x3b9aca00","0x342a385a"],"gasUsedRatio":[0,0.00337899,0.91400327,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00191387,0.00182828,0.00332215,0.00191387,0.00182828,0.00332215,0.00242296,0.00093868,0.00339815,0.00072868],"baseFeePerBlobGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0"],"blobGasUsedRatio":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x500","0x2a",[]]}
<< {"jsonrpc":"2.0","id":1,"result":{"oldestBlock":"0x0","baseFeePerGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x3b9aca00","0x342a385a","0x2daa2286","0x27f6a8ed","0x22fa616a","0x1e9df006","0x1acb6ae1","0x1774a846","0x1486fee3","0x11f76ec1","0xfb9f848","0xdc37500","0xc0c8585","0xa8b517c","0x93a819e","0x813f23b","0x711e8d2"],"gasUsedRatio":[0,0.00337899,0.91400327,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00195339,0.00183684,0.00337023,0.00191387,0.00182828,0.00332215,0.00191387,0.00182828,0.00332215,0.00242296,0.00093868,0.00339815,0.00072868,0.001555235,0.00061312,0.00099823,0.001275185,0.00062368,0.001555235,0.00061318,0.00099823,0.001275185,0.00072868,0.001699075,0.00046934,0.00089325,0.001275215,0.00088302],"baseFeePerBlobGas":["0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x0","0x1","0x1"],"blobGasUsedRatio":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0.16666666666666666]}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["-1","latest",[]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: invalid hex or decimal integer \"-1\""}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["-1","latest",null]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: invalid hex or decimal integer \"-1\""}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["x","latest",[]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: invalid hex or decimal integer \"x\""}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["x","latest",null]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: invalid hex or decimal integer \"x\""}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_feeHistory","params":["0x1","latest",[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"invalid reward percentile: over the query limit 100"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0xc1d605c6612a5fe84dc95810030bfe5b1d327652b381bc695e28f50d13b2b09e"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","blockNumber":"0x1","blockTimestamp":"0xa","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x13a54","gasPrice":"0x1","hash":"0xc1d605c6612a5fe84dc95810030bfe5b1d327652b381bc695e28f50d13b2b09e","input":"0x600d380380600d6000396000f360004381526020014681526020014181526020014881526020014481526020013281526020013481526020016000f3","nonce":"0x0","to":null,"transactionIndex":"0x0","value":"0x0","type":"0x0","v":"0x1c","r":"0xd642ba4d1f9388c5fd312bb9fb42d189a0b3c796de55093c85f30802a85147c8","s":"0x37aa8680923f811a6988c03dd414ca00cd25d6876ba5925c7ca8ac6aad21669d"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionReceipt","params":["0xc1d605c6612a5fe84dc95810030bfe5b1d327652b381bc695e28f50d13b2b09e"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","blockNumber":"0x1","contractAddress":"0x9344b07175800259691961298ca11c824e65032d","cumulativeGasUsed":"0x102d3","effectiveGasPrice":"0x1","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gasUsed":"0x102d3","logs":[],"logsBloom":"0x00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","root":"0x9d6eec3457f11763a235d68c58367a740f429f01fd310692736b54e0019df44b","to":null,"transactionHash":"0xc1d605c6612a5fe84dc95810030bfe5b1d327652b381bc695e28f50d13b2b09e","transactionIndex":"0x0","type":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawTransaction","params":["0xc1d605c6612a5fe84dc95810030bfe5b1d327652b381bc695e28f50d13b2b09e"]}
<< {"jsonrpc":"2.0","id":1,"result":"0xf889800183013a548080b83c600d380380600d6000396000f360004381526020014681526020014181526020014881526020014481526020013281526020013481526020016000f31ca0d642ba4d1f9388c5fd312bb9fb42d189a0b3c796de55093c85f30802a85147c8a037aa8680923f811a6988c03dd414ca00cd25d6876ba5925c7ca8ac6aad21669d"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0x1999fb436409e9c2464bd9efc3aa914b2e8a843144fdcc17132fa9da0f15641e"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","blockNumber":"0x1","blockTimestamp":"0xa","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x15f84","gasPrice":"0x1","hash":"0x1999fb436409e9c2464bd9efc3aa914b2e8a843144fdcc17132fa9da0f15641e","input":"0x600d380380600d6000396000f3366002146022577177726f6e672d63616c6c6461746173697a656000526012600efd5b60003560f01c61ff01146047576d77726f6e672d63616c6c64617461600052600e6012fd5b61ffee6000526002601ef3","nonce":"0x1","to":null,"transactionIndex":"0x1","value":"0x0","type":"0x0","v":"0x1b","r":"0x218687e18ef90972e218a9f60e6dc21f865608e129c81c491c0c0132f0293de3","s":"0x5d32b06bda00fab156cc3f078ef8687ccfafe2f2ae583af5f5d02e8904b6e09"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionReceipt","params":["0x1999fb436409e9c2464bd9efc3aa914b2e8a843144fdcc17132fa9da0f15641e"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","blockNumber":"0x1","contractAddress":"0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667","cumulativeGasUsed":"0x22adc","effectiveGasPrice":"0x1","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gasUsed":"0x12809","logs":[],"logsBloom":"0x00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","root":"0x52c619f59247e66f4abaf6e08c54e8d448d1b0d5e5fb2be0e3d63a019b5ca593","to":null,"transactionHash":"0x1999fb436409e9c2464bd9efc3aa914b2e8a843144fdcc17132fa9da0f15641e","transactionIndex":"0x1","type":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawTransaction","params":["0x1999fb436409e9c2464bd9efc3aa914b2e8a843144fdcc17132fa9da0f15641e"]}
<< {"jsonrpc":"2.0","id":1,"result":"0xf8ad010183015f848080b860600d380380600d6000396000f3366002146022577177726f6e672d63616c6c6461746173697a656000526012600efd5b60003560f01c61ff01146047576d77726f6e672d63616c6c64617461600052600e6012fd5b61ffee6000526002601ef31ba0218687e18ef90972e218a9f60e6dc21f865608e129c81c491c0c0132f0293de3a005d32b06bda00fab156cc3f078ef8687ccfafe2f2ae583af5f5d02e8904b6e09"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"result":[]}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0x5bc704d4eb4ce7fe319705d2f888516961426a177f2799c9f934b5df7466dd33"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xb4874cd66b2070da5d1905b5937e97c82d1891747739b3ebb0f7f6ffc9ad518a","blockNumber":"0x2","blockTimestamp":"0x14","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x186a0","gasPrice":"0x1","hash":"0x5bc704d4eb4ce7fe319705d2f888516961426a177f2799c9f934b5df7466dd33","input":"0x3550170f18924a7a656d6974","nonce":"0x6","to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","transactionIndex":"0x2","value":"0x2","type":"0x0","v":"0x1c","r":"0x9d9d918037d396fe1af034577f0698dff10b8a4e472dbd396e384571e81a5768","s":"0x622a354572107dcd6c041a7e3daf8a5e6f33019c909b3aa333020d8225ffec7a"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0x0c4350de9f3db0a9fa8bdc1831a210ccf16ddd217bc698ec8beb4ac58157a9ff"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xb4874cd66b2070da5d1905b5937e97c82d1891747739b3ebb0f7f6ffc9ad518a","blockNumber":"0x2","blockTimestamp":"0x14","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x18d7a1","gasPrice":"0x1","hash":"0x0c4350de9f3db0a9fa8bdc1831a210ccf16ddd217bc698ec8beb4ac58157a9ff","input":"0x","nonce":"0x7","to":"0x8dcd17433742f4c0ca53122ab541d0ba67fc27ff","transactionIndex":"0x3","value":"0x0","type":"0x0","v":"0x1b","r":"0xfdc2a2fc2c32a776163067aa756373d8dec4d0f62442d276eecadfb84d070af3","s":"0x1c288ccaca4a1169f9aa10fe5b37d466d634a705417d0347b450da2782306f0c"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionReceipt","params":["0x3fbac8b19b59077cd29bbacc3815d73577b45a4d976cae80b04c98c793684c07"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xb8a651cb280e169015aef5235a141cb2d905058d1ff9bba788b7ad2c729c9837","blockNumber":"0x3","contractAddress":null,"cumulativeGasUsed":"0x5208","effectiveGasPrice":"0x1","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gasUsed":"0x5208","logs":[],"logsBloom":"0x00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","root":"0x09ebe9c3ee77cd8d23faf37c62cf702b3c00e71dcadbef4d21355f35921b49ca","to":"0xc7b99a164efd027a93f147376cc7da7c67c6bbe0","transactionHash":"0x3fbac8b19b59077cd29bbacc3815d73577b45a4d976cae80b04c98c793684c07","transactionIndex":"0x0","type":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionReceipt","params":["0xae3b0dcc9490d01c25a98077b72809d1820baa910a8097218824829437c3cf1b"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0x98f797a6af91ea770ab3a99d89c17a3a46d14c76db6bb711b18156a3493d2c94","blockNumber":"0x4","contractAddress":null,"cumulativeGasUsed":"0x2cd84","effectiveGasPrice":"0x1","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gasUsed":"0x5208","logs":[],"logsBloom":"0x00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","root":"0x2834dc294f848341dacaeb9a803937f70aafa3b90fb92541b9cc13c919041907","to":"0x2d389075be5be9f2246ad654ce152cf05990b209","transactionHash":"0xae3b0dcc9490d01c25a98077b72809d1820baa910a8097218824829437c3cf1b","transactionIndex":"0x2","type":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"blockHash":"0x98f797a6af91ea770ab3a99d89c17a3a46d14c76db6bb711b18156a3493d2c94"}]}
<< {"jsonrpc":"2.0","id":1,"result":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","topics":["0x00000000000000000000000000000000000000000000000000000000656d6974","0x95b7276947f6331672b0c63eca28c1d39f25286d5e2793d6a487837ff1475ba0"],"data":"0x0000000000000000000000000000000000000000000000000000000000000001","blockNumber":"0x4","transactionHash":"0xd48ebacfb769b85602310e2e0cf322e19f8cce25ac69cfd52f2d8622e3bbc3c9","transactionIndex":"0x1","blockHash":"0x98f797a6af91ea770ab3a99d89c17a3a46d14c76db6bb711b18156a3493d2c94","blockTimestamp":"0x28","logIndex":"0x0","removed":false}]}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0xa0635271e36e4c0a57b4add1a880cd4d82a650fc899845f7c763d1084092cc6f"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xa879ec246730adc769710fdb3e6197c93c64159dcb31a0ae75b26b8546270c5f","blockNumber":"0x6","blockTimestamp":"0x3c","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x5208","gasPrice":"0x1","hash":"0xa0635271e36e4c0a57b4add1a880cd4d82a650fc899845f7c763d1084092cc6f","input":"0x","nonce":"0x49","to":"0x0c2c51a0990aee1d73c1228de158688341557508","transactionIndex":"0x0","value":"0x1","type":"0x0","chainId":"0xc72dd9d5e883e","v":"0x18e5bb3abd109f","r":"0x31c82ffa1eb4a48efbdbc324f5a248c3708b7a83df0ccf954c57bf5c84de7767","s":"0x18c2c95d517af9bdf5af3693fba7d54f87d665a715912f416646c2318418d98"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0x71eaf87bf736e6a177078e049cc9b4a40defd4b0b61adf00f6e8c83d4fe01760"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xa879ec246730adc769710fdb3e6197c93c64159dcb31a0ae75b26b8546270c5f","blockNumber":"0x6","blockTimestamp":"0x3c","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x1c4a0","gasPrice":"0x1","hash":"0x71eaf87bf736e6a177078e049cc9b4a40defd4b0b61adf00f6e8c83d4fe01760","input":"0x43600052600060205260405b604060002060208051600101905281526020016101408110600b57506101006040f3","nonce":"0x4a","to":null,"transactionIndex":"0x1","value":"0x0","type":"0x0","chainId":"0xc72dd9d5e883e","v":"0x18e5bb3abd109f","r":"0xd19ae5f95dfb6e096cb7ad4ab47446b5d8a656b3de326a94b9be9e30de62a6d4","s":"0x65ab44d7f12091ab493c8bd5ac7940345fb0edc7f0c842d15ec640ac3c540d96"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0x9519220d3e22901da443b081c6fe256227873b95c2b6a65eb6a418a0a1e60bb4"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xa879ec246730adc769710fdb3e6197c93c64159dcb31a0ae75b26b8546270c5f","blockNumber":"0x6","blockTimestamp":"0x3c","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x1263c","gasPrice":"0x1","hash":"0x9519220d3e22901da443b081c6fe256227873b95c2b6a65eb6a418a0a1e60bb4","input":"0x4360005260006020525b604060002060208051600101905260206020a15a61271010600957","nonce":"0x4b","to":null,"transactionIndex":"0x2","value":"0x0","type":"0x0","chainId":"0xc72dd9d5e883e","v":"0x18e5bb3abd109f","r":"0x7936c866b00dc1760875bfd2d2e082122845ac9ec0642ca0bfa2bcd6eb5cdbce","s":"0x2620198b13dc7b036bebca92e6360f7953767a59c2a422a4df3ac22cf5379386"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0xbd57a992c80dec13f8dafecdc48c822040a3c3f9fe16d676ef7cd8f242de1745"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xda1d45e659f1e6798740ffc2230a526fcb73fa04c7cdc6968ee8a4be55e26ad1","blockNumber":"0x7","blockTimestamp":"0x46","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x186a0","gasPrice":"0x1","hash":"0xbd57a992c80dec13f8dafecdc48c822040a3c3f9fe16d676ef7cd8f242de1745","input":"0xcb46e87cf21bf247656d6974","nonce":"0x4d","to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","transactionIndex":"0x1","value":"0x2","type":"0x0","chainId":"0xc72dd9d5e883e","v":"0x18e5bb3abd109f","r":"0x671f7d64c8cdbce395921cca70b3f4fa5d3045de503d5836606a1a369d9816de","s":"0x1f4448b9efb454eb7e69713a184fdb76ec88c3683c053c4be122ec0cb00a9780"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"blockHash":"0xda1d45e659f1e6798740ffc2230a526fcb73fa04c7cdc6968ee8a4be55e26ad1"}]}
<< {"jsonrpc":"2.0","id":1,"result":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","topics":["0x00000000000000000000000000000000000000000000000000000000656d6974","0x42280637258751e851e766c4440bbca3bad3393e2095a1f070fb470bedf8d5e1"],"data":"0x0000000000000000000000000000000000000000000000000000000000000003","blockNumber":"0x7","transactionHash":"0xbd57a992c80dec13f8dafecdc48c822040a3c3f9fe16d676ef7cd8f242de1745","transactionIndex":"0x1","blockHash":"0xda1d45e659f1e6798740ffc2230a526fcb73fa04c7cdc6968ee8a4be55e26ad1","blockTimestamp":"0x46","logIndex":"0x0","removed":false}]}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionReceipt","params":["0x367d6cd46f9f3ae823965cc316076c8b10f840a2010634da8a7a348213f28d64"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0x9ff63d6a5458d8756c98f524ade937f594f783fca817c891477d5637770b7767","blockNumber":"0x9","contractAddress":null,"cumulativeGasUsed":"0x5208","effectiveGasPrice":"0x1","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gasUsed":"0x5208","logs":[],"logsBloom":"0x00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","status":"0x1","to":"0x3ae75c08b4c907eb63a8960c45b86e1e9ab6123c","transactionHash":"0x367d6cd46f9f3ae823965cc316076c8b10f840a2010634da8a7a348213f28d64","transactionIndex":"0x0","type":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionReceipt","params":["0x02ecb2621b6e66b1c431750f8981aa9dfa8541c38d8a82fce8d8d7f3a045f476"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0x9ff63d6a5458d8756c98f524ade937f594f783fca817c891477d5637770b7767","blockNumber":"0x9","contractAddress":"0xb0ee91ba61e8a3914a7eab120786e9e61bfe4faf","cumulativeGasUsed":"0x1f7c2","effectiveGasPrice":"0x1","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gasUsed":"0x1a5ba","logs":[],"logsBloom":"0x00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","status":"0x1","to":null,"transactionHash":"0x02ecb2621b6e66b1c431750f8981aa9dfa8541c38d8a82fce8d8d7f3a045f476","transactionIndex":"0x1","type":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionReceipt","params":["0x0f08f84956ef4f5a5a35ac6404a5e965f949a6cc8dba63f9a8509cd77f158e1b"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xf69b05b90b7e50c0b5b9b74d2d63a983dee56dffbbd68a530f026f263d76810c","blockNumber":"0xa","contractAddress":"0x650469386d2761deb58bfa1766f728e3fb00f8b6","cumulativeGasUsed":"0x1be10","effectiveGasPrice":"0x1","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gasUsed":"0x1be10","logs":[],"logsBloom":"0x00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","status":"0x1","to":null,"transactionHash":"0x0f08f84956ef4f5a5a35ac6404a5e965f949a6cc8dba63f9a8509cd77f158e1b","transactionIndex":"0x0","type":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionReceipt","params":["0xca24de0ab1b7aa0c58f0adf5849e48add168fa9057904a431f39cf101f37ea19"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xf69b05b90b7e50c0b5b9b74d2d63a983dee56dffbbd68a530f026f263d76810c","blockNumber":"0xa","contractAddress":null,"cumulativeGasUsed":"0x2cd84","effectiveGasPrice":"0x1","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gasUsed":"0x5208","logs":[],"logsBloom":"0x00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","status":"0x1","to":"0x3ae75c08b4c907eb63a8960c45b86e1e9ab6123c","transactionHash":"0xca24de0ab1b7aa0c58f0adf5849e48add168fa9057904a431f39cf101f37ea19","transactionIndex":"0x2","type":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0x695ad02907c9e13ab7c69963f723fa46ac13cd5e2314f61eab2cb2f07b946faa"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xd4c1a87837460a5d00d7225a1406ccafcfe765d40f277eaae65f17adff7dc50a","blockNumber":"0x18","blockTimestamp":"0xf0","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x186a0","gasPrice":"0x1","hash":"0x695ad02907c9e13ab7c69963f723fa46ac13cd5e2314f61eab2cb2f07b946faa","input":"0x0e394e7c8a2b32c9656d6974","nonce":"0x85","to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","transactionIndex":"0x0","value":"0x2","type":"0x1","accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000","0x95104e47e1982aba633477f377b1511396c3fe83600224bcb0c78949be705b33"]}],"chainId":"0xc72dd9d5e883e","v":"0x0","r":"0x1e97c47fb0c7d9e7db3438a25220049eed0bc14e4a8f33bbeb333e552a367cf","s":"0x1aaf9e88acf606e16781220c398aa61cfa0f68a4dc612b0a7c0103daff021c01","yParity":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0x2f137ddc8e8dd06196bb19c084df808e71364613e1c1354ec2b360d4d6344983"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xd4c1a87837460a5d00d7225a1406ccafcfe765d40f277eaae65f17adff7dc50a","blockNumber":"0x18","blockTimestamp":"0xf0","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x5208","gasPrice":"0x1","hash":"0x2f137ddc8e8dd06196bb19c084df808e71364613e1c1354ec2b360d4d6344983","input":"0x","nonce":"0x86","to":"0x16c57edf7fa9d9525378b0b81bf8a3ced0620c1c","transactionIndex":"0x1","value":"0x1","type":"0x1","accessList":[],"chainId":"0xc72dd9d5e883e","v":"0x0","r":"0xd3680e6b981bd4a26e7f8d80a0ee50ed2a0d597821955363a10dd2a4da900f90","s":"0x42b2de8199579053cd6dd6198230ed0a79e7051e331b6cd8137096e0fd95cd97","yParity":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"blockHash":"0xd4c1a87837460a5d00d7225a1406ccafcfe765d40f277eaae65f17adff7dc50a"}]}
<< {"jsonrpc":"2.0","id":1,"result":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","topics":["0x00000000000000000000000000000000000000000000000000000000656d6974","0x95104e47e1982aba633477f377b1511396c3fe83600224bcb0c78949be705b33"],"data":"0x000000000000000000000000000000000000000000000000000000000000000f","blockNumber":"0x18","transactionHash":"0x695ad02907c9e13ab7c69963f723fa46ac13cd5e2314f61eab2cb2f07b946faa","transactionIndex":"0x0","blockHash":"0xd4c1a87837460a5d00d7225a1406ccafcfe765d40f277eaae65f17adff7dc50a","blockTimestamp":"0xf0","logIndex":"0x0","removed":false},{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","topics":["0x00000000000000000000000000000000000000000000000000000000656d6974","0xb291543804a253a38078d214ec30965624fc493fe977b5731464aa90a1dc7e0a"],"data":"0x0000000000000000000000000000000000000000000000000000000000000010","blockNumber":"0x18","transactionHash":"0x5d05f48f633705354745c9838edf4860a227d27b6c83bff79ff5ee0d28cf9ccf","transactionIndex":"0x3","blockHash":"0xd4c1a87837460a5d00d7225a1406ccafcfe765d40f277eaae65f17adff7dc50a","blockTimestamp":"0xf0","logIndex":"0x1","removed":false}]}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0x2b3a9fb9f24ae42a3a39d97885b0c1b3cdb2e0cd036555a48937ee9002daf485"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xe32e47348843debd1d37a53ca49900e84ab01efb3bf2bb1d49a909ac6b39cde8","blockNumber":"0x19","blockTimestamp":"0xfa","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x186a0","gasPrice":"0x1","hash":"0x2b3a9fb9f24ae42a3a39d97885b0c1b3cdb2e0cd036555a48937ee9002daf485","input":"0x189bbcaf26329a7f656d6974","nonce":"0x8a","to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","transactionIndex":"0x1","value":"0x2","type":"0x1","accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000","0x2b1dc61696ce0d983a26626db16ebd899be2d7ecaed2ef9355a5e4aea276fd45"]}],"chainId":"0xc72dd9d5e883e","v":"0x0","r":"0xd75c2374bf42ef0f6af8186fb69c620a18c0dc6809b69e7311aeaca750d3642a","s":"0x66e4b762ff8b4a1e8a5bd391e579b454cb2bc1e2d406c612cac6263c7791c085","yParity":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0xf92de58549d0edf84aaaa90c0217cd8438820b916b3dd2c8176329c76595f5b6"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xe32e47348843debd1d37a53ca49900e84ab01efb3bf2bb1d49a909ac6b39cde8","blockNumber":"0x19","blockTimestamp":"0xfa","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x5208","gasPrice":"0x1","hash":"0xf92de58549d0edf84aaaa90c0217cd8438820b916b3dd2c8176329c76595f5b6","input":"0x","nonce":"0x8b","to":"0x0c2c51a0990aee1d73c1228de158688341557508","transactionIndex":"0x2","value":"0x1","type":"0x1","accessList":[],"chainId":"0xc72dd9d5e883e","v":"0x0","r":"0x5f4e6fee116fa6e221a3186489c5a55c6bb291b0e1f122f60278c1a4c74cb2ed","s":"0x4b2ec580eac3e785d2147f4f1e80a6b10e231dbc19c5944f43ba4726ebed6b01","yParity":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0x205405746564cbcf1dd53fb5ac92c7622d3792d82f03c59d9baddf2443d91864"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xb82be38216daf4487ab4fcafe9413892e7140f6816276560ec10d94d039db1aa","blockNumber":"0x1b","blockTimestamp":"0x10e","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x186a0","gasPrice":"0x3b9aca01","maxFeePerGas":"0x3b9aca01","maxPriorityFeePerGas":"0x1","hash":"0x205405746564cbcf1dd53fb5ac92c7622d3792d82f03c59d9baddf2443d91864","input":"0x1ee8f6decf498faf656d6974","nonce":"0x90","to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","transactionIndex":"0x0","value":"0x2","type":"0x2","accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000","0x13bd2394f758553be374ffa4a9455cdf5e6ef3d905acd02746df2d12361e1ace"]}],"chainId":"0xc72dd9d5e883e","v":"0x1","r":"0x88bad2c994f3043a59072f6d16e0bf4fababbea1ebfbb4706fcc3066dc3b7733","s":"0x2e1aa511f0d7eeebd17d63d3072aee3b02374238a54fd48b4786553f4e51113c","yParity":"0x1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0x128547effc200ad69159dcffa8bcf53fa70518ea8efb1d2d865fb00ff4326ca5"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xb82be38216daf4487ab4fcafe9413892e7140f6816276560ec10d94d039db1aa","blockNumber":"0x1b","blockTimestamp":"0x10e","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x5208","gasPrice":"0x3b9aca01","maxFeePerGas":"0x3b9aca01","maxPriorityFeePerGas":"0x1","hash":"0x128547effc200ad69159dcffa8bcf53fa70518ea8efb1d2d865fb00ff4326ca5","input":"0x","nonce":"0x91","to":"0x717f8aa2b982bee0e29f573d31df288663e1ce16","transactionIndex":"0x1","value":"0x1","type":"0x2","accessList":[],"chainId":"0xc72dd9d5e883e","v":"0x0","r":"0xe6645e29f57a516694e7b8ef47b6c6569f25df1fe45f14e332b8edff86bd8ecc","s":"0x37fafbbe6aeb5600ae0061e53658a897fca1afaa4b8ca868fcaf02a2fa994f3e","yParity":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0x8ce18e4a659a6098464a5d0f59196d4d3156d0e7eff9b2be37d674578e200eef"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xb82be38216daf4487ab4fcafe9413892e7140f6816276560ec10d94d039db1aa","blockNumber":"0x1b","blockTimestamp":"0x10e","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x186a0","gasPrice":"0x3b9aca01","maxFeePerGas":"0x3b9aca01","maxPriorityFeePerGas":"0x1","hash":"0x8ce18e4a659a6098464a5d0f59196d4d3156d0e7eff9b2be37d674578e200eef","input":"0x2d31398d8bec42bb656d6974","nonce":"0x93","to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","transactionIndex":"0x3","value":"0x2","type":"0x2","accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000","0x28963222bdc8ad9bea6a7221d4cbed6a110f503a5563e75a218045de103967d1"]}],"chainId":"0xc72dd9d5e883e","v":"0x1","r":"0x58077876606b974006b73115b5289a1080ea831b96d8cc2a889b48b857416c34","s":"0x70bae6a6340bc669347e3d4076ee58048d98fe24acf596aa800db17dc30c942","yParity":"0x1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"blockHash":"0xb82be38216daf4487ab4fcafe9413892e7140f6816276560ec10d94d039db1aa"}]}
<< {"jsonrpc":"2.0","id":1,"result":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","topics":["0x00000000000000000000000000000000000000000000000000000000656d6974","0x13bd2394f758553be374ffa4a9455cdf5e6ef3d905acd02746df2d12361e1ace"],"data":"0x0000000000000000000000000000000000000000000000000000000000000013","blockNumber":"0x1b","transactionHash":"0x205405746564cbcf1dd53fb5ac92c7622d3792d82f03c59d9baddf2443d91864","transactionIndex":"0x0","blockHash":"0xb82be38216daf4487ab4fcafe9413892e7140f6816276560ec10d94d039db1aa","blockTimestamp":"0x10e","logIndex":"0x0","removed":false},{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","topics":["0x00000000000000000000000000000000000000000000000000000000656d6974","0x28963222bdc8ad9bea6a7221d4cbed6a110f503a5563e75a218045de103967d1"],"data":"0x0000000000000000000000000000000000000000000000000000000000000014","blockNumber":"0x1b","transactionHash":"0x8ce18e4a659a6098464a5d0f59196d4d3156d0e7eff9b2be37d674578e200eef","transactionIndex":"0x3","blockHash":"0xb82be38216daf4487ab4fcafe9413892e7140f6816276560ec10d94d039db1aa","blockTimestamp":"0x10e","logIndex":"0x1","removed":false}]}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0x07aa2dd200e89fc13a1b96962ffff4d19ece0e75b3e3c8c255255962f1adfc23"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0x8708964209a8e97ab2e161657f9fd04173a16341404bba9f7508c28f0d79ea54","blockNumber":"0x1c","blockTimestamp":"0x118","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x5208","gasPrice":"0x342a385b","maxFeePerGas":"0x342a385b","maxPriorityFeePerGas":"0x1","hash":"0x07aa2dd200e89fc13a1b96962ffff4d19ece0e75b3e3c8c255255962f1adfc23","input":"0x","nonce":"0x94","to":"0x16c57edf7fa9d9525378b0b81bf8a3ced0620c1c","transactionIndex":"0x0","value":"0x1","type":"0x2","accessList":[],"chainId":"0xc72dd9d5e883e","v":"0x0","r":"0x4bbd0a8cdce6489516d41245091d093489e527e17826c24355c3a70c34ecf76d","s":"0x65d2b7ed6b93e0b9d76a96ff64de9944a29dfb413444a2b5b4f6605622db0ffd","yParity":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0x4bb6fa064c302d27ea9ac821e061bcc336b8fa40de77f01e116c6461d47e7ac1"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0x9e5e1e79c57f257def6a0e882d10863e2a98b034e6e0fdaccd7ff7b31312105d","blockNumber":"0x2a","blockTimestamp":"0x1a4","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x186a0","gasPrice":"0x813f23c","maxFeePerGas":"0x813f23c","maxPriorityFeePerGas":"0x1","maxFeePerBlobGas":"0x20000","hash":"0x4bb6fa064c302d27ea9ac821e061bcc336b8fa40de77f01e116c6461d47e7ac1","input":"0x29db68258899c2fe656d6974","nonce":"0xc7","to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","transactionIndex":"0x0","value":"0x3","type":"0x3","accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000","0x35f96bc70aa62a539fa99d9153b0f8aaa4594abf70cc8a8d9018e04e39a17982"]}],"chainId":"0xc72dd9d5e883e","blobVersionedHashes":["0x015a4cab4911426699ed34483de6640cf55a568afc5c5edffdcbd8bcd4452f68"],"v":"0x1","r":"0xf5b2ecf5fb4a93d85bfa76fab96a57eed00c3e5ed379f0018756e33d3cbb985a","s":"0x6647a16a0b2aee4772edf9c03afb679e21d134ce3231f0fce7f6bfa9d1152f03","yParity":"0x1"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0x1dd788ce4b34b5b92438da2e9e3f3d001da52abb8cf5ad0757f4b4636eac8686"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0x31d1d333de0234836b06628d127b49604ec49c0f62a741c89cae4596a428b4c4","blockNumber":"0x2b","blockTimestamp":"0x1ae","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0x186a0","gasPrice":"0x711e8d3","maxFeePerGas":"0x711e8d3","maxPriorityFeePerGas":"0x1","maxFeePerBlobGas":"0x20000","hash":"0x1dd788ce4b34b5b92438da2e9e3f3d001da52abb8cf5ad0757f4b4636eac8686","input":"0xebe7a54f122c1cf1656d6974","nonce":"0xcc","to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","transactionIndex":"0x1","value":"0x3","type":"0x3","accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000","0xfeeef6a225ce61c62b83116eb877dcaaffdb3534e894841ac1b667cec5082f23"]}],"chainId":"0xc72dd9d5e883e","blobVersionedHashes":["0x015a4cab4911426699ed34483de6640cf55a568afc5c5edffdcbd8bcd4452f68"],"v":"0x0","r":"0x2c42c741934fc12126476fe495af87549dc7e60896d84b5d82ac9ab788b82e51","s":"0x66f4001113af48964cbc6b65c04e0b0b16e4b4c84459ec93c374a30a1e3376c3","yParity":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0x99f7e58af4dd2735931a3262705fbe57ea2fcc79497668f74309cdeaf37cc223"]}
<< {"jsonrpc":"2.0","id":1,"result":{"blockHash":"0xe4165d5a6e4d31469f4a9354c30bffec633a640940b40bc0bc1ae86d1b391643","blockNumber":"0x2d","blockTimestamp":"0x1c2","from":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f","gas":"0xb3b0","gasPrice":"0x56a9214","maxFeePerGas":"0x56a9214","maxPriorityFeePerGas":"0x1","hash":"0x99f7e58af4dd2735931a3262705fbe57ea2fcc79497668f74309cdeaf37cc223","input":"0x","nonce":"0xd3","to":"0x0000000000000000000000000000000000000000","transactionIndex":"0x1","value":"0x0","type":"0x4","accessList":[],"chainId":"0xc72dd9d5e883e","authorizationList":[{"chainId":"0xc72dd9d5e883e","address":"0x8c2319620d7c348bb4e2b2a0b230c81f310e9561","nonce":"0x0","yParity":"0x0","r":"0xf17d59102e9ebed035d1bd77bc668b170eb1d38edef6e7d971857d85781d68fe","s":"0x193dbdc8dea2fc194da75febbd4de9689b625eecd1e4ca30e27b45339af22572"}],"v":"0x0","r":"0x333946e8b98c5b7eff15da75e7264e9e16728f06436e86611c82fd14eaee2256","s":"0x3b268e5c9bb29a77f6976ae0f580f781ad765de3f9163b528ea9230ac02c996c","yParity":"0x0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"blockHash":"0xe4165d5a6e4d31469f4a9354c30bffec633a640940b40bc0bc1ae86d1b391643"}]}
<< {"jsonrpc":"2.0","id":1,"result":[{"address":"0x00000961ef480eb55e80d19ad83579a64c007002","topics":[],"data":"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865fb917cfdc0d25b72d55cf94db328e1629b7f4fde2c30cdacf873b664416f76a0c7f7cc50c9f72a3cb84be88144cde91250000000000000d80","blockNumber":"0x2d","transactionHash":"0x45e32bd58ace33e7c7efcc5102c23d250d72e6880abc76aae15f4b0ae4c32d94","transactionIndex":"0x3","blockHash":"0xe4165d5a6e4d31469f4a9354c30bffec633a640940b40bc0bc1ae86d1b391643","blockTimestamp":"0x1c2","logIndex":"0x0","removed":false},{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","topics":["0x00000000000000000000000000000000000000000000000000000000656d6974","0xe8481f0a1ea7b2528784efff1d1b33cbd66ac97ebe2ae35c7997cacb2863430b"],"data":"0x000000000000000000000000000000000000000000000000000000000000002a","blockNumber":"0x2d","transactionHash":"0x7121f00fa526fb9cc8a3885cb81b54173fbd338ffb94ab6c2d3b11de0a7b3928","transactionIndex":"0x4","blockHash":"0xe4165d5a6e4d31469f4a9354c30bffec633a640940b40bc0bc1ae86d1b391643","blockTimestamp":"0x1c2","logIndex":"0x1","removed":false}]}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionReceipt","params":["0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"result":null}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string of odd length into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionReceipt","params":["0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string of odd length into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawTransaction","params":["0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string of odd length into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":[1]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionReceipt","params":[1]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawTransaction","params":[1]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":[null]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionReceipt","params":[null]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawTransaction","params":[null]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":[""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 0, want 64 for common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionReceipt","params":[""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 0, want 64 for common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawTransaction","params":[""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 0, want 64 for common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":["zz"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionReceipt","params":["zz"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"debug_getRawTransaction","params":["zz"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getTransactionByHash","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_sendRawTransaction","params":["0xf889800183013a548080b83c600d380380600d6000396000f360004381526020014681526020014181526020014881526020014481526020013281526020013481526020016000f31ca0d642ba4d1f9388c5fd312bb9fb42d189a0b3c796de55093c85f30802a85147c8a037aa8680923f811a6988c03dd414ca00cd25d6876ba5925c7ca8ac6aad21669d"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"only replay-protected (EIP-155) transactions allowed over RPC"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_sendRawTransaction","params":["0xf85c050183020bc8808090435b8080556001015a6161a8106001571ca0737f9ad19c4f2ab24419743a4ca8c4e02a973fe6b2576faf603b7e88aea0fc5ea037758c7c173e667d3cbf5d0352185c89f443ab803b87c1be40db5fba8217e1ed"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"only replay-protected (EIP-155) transactions allowed over RPC"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_sendRawTransaction","params":["0xf8784b018301263c8080a54360005260006020525b604060002060208051600101905260206020a15a612710106009578718e5bb3abd109fa07936c866b00dc1760875bfd2d2e082122845ac9ec0642ca0bfa2bcd6eb5cdbcea02620198b13dc7b036bebca92e6360f7953767a59c2a422a4df3ac22cf5379386"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"nonce too low: next nonce 249, tx nonce 75"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_sendRawTransaction","params":["0xf87850018301263c8080a54360005260006020525b604060002060208051600101905260206020a15a612710106009578718e5bb3abd109fa08d433feedfd2e195a19038cf50a35668d725808d16652abf88f5c63167696039a04a65a2ff0a5dd8b62eb93fff56b0392c95216330d704e0f8d7bb37d532fa6096"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"nonce too low: next nonce 249, tx nonce 80"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_sendRawTransaction","params":["0x"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"typed transaction too short"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_sendRawTransaction","params":["0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"typed transaction too short"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_sendRawTransaction","params":["0xc0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"rlp: too few elements for types.LegacyTx"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_sendRawTransaction","params":["0x02c0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"rlp: too few elements for types.DynamicFeeTx"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_sendRawTransaction","params":["0x05c0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"transaction type not supported"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_sendRawTransaction","params":["f8"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type hexutil.Bytes"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_sendRawTransaction","params":["0xf8"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"rlp: value size exceeds available input length"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_sendRawTransaction","params":[1]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go value of type hexutil.Bytes"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_sendRawTransaction","params":[null]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_sendRawTransaction","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"toBlock":"0x0"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid block range params"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_newFilter","params":[{"toBlock":"0x0"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid block range params"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"toBlock":"0x3"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid block range params"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_newFilter","params":[{"toBlock":"0x3"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid block range params"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"toBlock":"pending"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"pending logs are not supported"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_newFilter","params":[{"toBlock":"pending"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"pending logs are not supported"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"toBlock":"x"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_newFilter","params":[{"toBlock":"x"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"toBlock":5}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_newFilter","params":[{"toBlock":5}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"fromBlock":"0x0","toBlock":"0x0"}]}
<< {"jsonrpc":"2.0","id":1,"result":[]}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"fromBlock":"0x0","toBlock":"0x37"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"block range extends beyond current head block"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"fromBlock":"0x0","toBlock":"0x100"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"block range extends beyond current head block"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"fromBlock":"0x0","toBlock":"pending"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"pending logs are not supported"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_newFilter","params":[{"fromBlock":"0x0","toBlock":"pending"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"pending logs are not supported"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"fromBlock":"0x0","toBlock":"latest","topics":[1]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: invalid topic(s)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"fromBlock":"0x0","toBlock":"latest","topics":[[1]]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: invalid topic(s)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"fromBlock":"0x0","toBlock":"latest","topics":["0x12"]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex has invalid length 1 after decoding; expected 32 for topic"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"fromBlock":"0x0","toBlock":"latest","topics":[null,null,null,null,null]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: exceed max topics"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"fromBlock":"0x0","toBlock":"latest","topics":"x"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal string into Go struct field input.topics of type []interface {}"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"fromBlock":"0x0","toBlock":"latest","address":"x"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: invalid address: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"fromBlock":"0x0","toBlock":"latest","address":"0x12"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: invalid address: hex has invalid length 1 after decoding; expected 20 for address"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"fromBlock":"0x0","toBlock":"latest","address":[1]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: non-string address at index 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"fromBlock":"0x0","toBlock":"latest","address":1}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: invalid addresses in query"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"fromBlock":"0x0","toBlock":"latest","address":["0x12"]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: invalid address at index 0: hex has invalid length 1 after decoding; expected 20 for address"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"fromBlock":"0x0","toBlock":"latest","address":[null]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: non-string address at index 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"fromBlock":"0x0","toBlock":"latest","address":{}}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: invalid addresses in query"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"blockHash":"0x0000000000000000000000000000000000000000000000000000000000000000"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"unknown block"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e","fromBlock":"0x1"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: cannot specify both BlockHash and FromBlock/ToBlock, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[null]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[[]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal array into Go value of type filters.input"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":["x"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal string into Go value of type filters.input"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"blockHash":"0x1"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string of odd length into Go struct field input.blockHash of type common.Hash"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{}]}
<< {"jsonrpc":"2.0","id":1,"result":"0xd221"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[],"gasUsed":"0xcf08"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"value":"0x1"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"value":"0x1"}]}
<< {"jsonrpc":"2.0","id":1,"result":"0xd221"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"value":"0x1"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[],"gasUsed":"0xcf08"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"value":"0xffffffffffffffffffffffffffffffff"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: insufficient funds for gas * price + value: address 0x0000000000000000000000000000000000000000 have 142312500000103418778 want 340282366920938463463374607431768211455 (supplied gas 50000000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"value":"0xffffffffffffffffffffffffffffffff"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed with 16777216 gas: insufficient funds for gas * price + value: address 0x0000000000000000000000000000000000000000 have 142312500000103418778 want 340282366920938463463374607431768211455"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"value":"0xffffffffffffffffffffffffffffffff"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed to apply transaction: 0xaf53b7a58c28ef62802ba44decf2df824d3021e5dfab45644bed1b7694f5a85e err: insufficient funds for gas * price + value: address 0x0000000000000000000000000000000000000000 have 142312500000103418778 want 340282366920938463463374607431768211455"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"gas":"0x0"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: intrinsic gas too low: have 0, want 53000 (supplied gas 0)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"gas":"0x0"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed to apply transaction: 0x7f57a322849f2e6b24ba74af292431cbcfec1209394937e9de388d963e64aa45 err: intrinsic gas too low: have 0, want 53000"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"gas":"0x100"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: intrinsic gas too low: have 256, want 53000 (supplied gas 256)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"gas":"0x100"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed to apply transaction: 0xdf5221b4e2ad9ec47620a9d13a447f43f166c18d89fe7424e1a2fa754a24b1bb err: intrinsic gas too low: have 256, want 53000"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"gas":"0x5208"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"gas required exceeds allowance (21000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"gasPrice":"0x1"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: max fee per gas less than block base fee: address 0x0000000000000000000000000000000000000000, maxFeePerGas: 1, baseFee: 27399063 (supplied gas 50000000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"gasPrice":"0x1"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed with 16777216 gas: max fee per gas less than block base fee: address 0x0000000000000000000000000000000000000000, maxFeePerGas: 1, baseFee: 27399063"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"gasPrice":"0x1"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed to apply transaction: 0x553582a685b0dabe64e6a08e39b013621d123eb9542054a981ecccf4f37354e1 err: max fee per gas less than block base fee: address 0x0000000000000000000000000000000000000000, maxFeePerGas: 1, baseFee: 27399063"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"gasPrice":"0x0"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"gasPrice must be non-zero after london fork"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"maxFeePerGas":"0x1","gas":"0xea60"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: max fee per gas less than block base fee: address 0x0000000000000000000000000000000000000000, maxFeePerGas: 1, baseFee: 27399063 (supplied gas 60000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"maxFeePerGas":"0x1","gas":"0xea60"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed with 60000 gas: max fee per gas less than block base fee: address 0x0000000000000000000000000000000000000000, maxFeePerGas: 1, baseFee: 27399063"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"maxFeePerGas":"0x1","gas":"0xea60"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"maxFeePerGas (0x1) \u003c maxPriorityFeePerGas (0xf4240)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"maxFeePerGas":"0x1a21398","maxPriorityFeePerGas":"0xffffffffff","gas":"0xea60"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: max priority fee per gas higher than max fee per gas: address 0x0000000000000000000000000000000000000000, maxPriorityFeePerGas: 1099511627775, maxFeePerGas: 27399064 (supplied gas 60000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"maxFeePerGas":"0x1a21398","maxPriorityFeePerGas":"0xffffffffff","gas":"0xea60"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed with 60000 gas: max priority fee per gas higher than max fee per gas: address 0x0000000000000000000000000000000000000000, maxPriorityFeePerGas: 1099511627775, maxFeePerGas: 27399064"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"maxFeePerGas":"0x1a21398","maxPriorityFeePerGas":"0xffffffffff","gas":"0xea60"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"maxFeePerGas (0x1a21398) \u003c maxPriorityFeePerGas (0xffffffffff)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"maxPriorityFeePerGas":"0x1","gas":"0xea60"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: max priority fee per gas higher than max fee per gas: address 0x0000000000000000000000000000000000000000, maxPriorityFeePerGas: 1, maxFeePerGas: 0 (supplied gas 60000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"maxPriorityFeePerGas":"0x1","gas":"0xea60"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed with 60000 gas: max priority fee per gas higher than max fee per gas: address 0x0000000000000000000000000000000000000000, maxPriorityFeePerGas: 1, maxFeePerGas: 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"gasPrice":"0x1","maxFeePerGas":"0x1"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"gasPrice":"0x1","maxFeePerGas":"0x1"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"gasPrice":"0x1","maxFeePerGas":"0x1"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"input":"0xff01"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"stack underflow (0 \u003c=\u003e 1)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"input":"0xff01"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"stack underflow (0 \u003c=\u003e 1)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"input":"0xff01"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[],"error":"stack underflow (0 \u003c=\u003e 1)","gasUsed":"0x2faf080"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"data":"0xff01"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"stack underflow (0 \u003c=\u003e 1)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"data":"0xff01"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"stack underflow (0 \u003c=\u003e 1)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"data":"0xff01"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[],"error":"stack underflow (0 \u003c=\u003e 1)","gasUsed":"0x2faf080"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"input":"0x60006000fd"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":3,"message":"execution reverted","data":"0x"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"input":"0x60006000fd"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":3,"message":"execution reverted","data":"0x"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"input":"0x60006000fd"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[],"error":"execution reverted","gasUsed":"0xcf48"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"input":"0xfe"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"invalid opcode: INVALID"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"input":"0xfe"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"invalid opcode: INVALID"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"input":"0xfe"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[],"error":"invalid opcode: INVALID","gasUsed":"0x2faf080"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"chainId":"0x1"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"chainId does not match node's (have=1, want=3503995874084926)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"chainId":"0x1"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"chainId does not match node's (have=1, want=3503995874084926)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"chainId":"0x1"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"chainId does not match node's (have=1, want=3503995874084926)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000"]}]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000"]}],"gasUsed":"0xdfd4"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"blobVersionedHashes":[]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"blob transaction of type create"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"blobVersionedHashes":[]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"blob transaction of type create"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"blobVersionedHashes":[]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"blob transaction of type create"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"blobVersionedHashes":["0x0100000000000000000000000000000000000000000000000000000000000000"]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"blob transaction of type create"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"blobVersionedHashes":["0x0100000000000000000000000000000000000000000000000000000000000000"]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"blob transaction of type create"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"blobVersionedHashes":["0x0100000000000000000000000000000000000000000000000000000000000000"]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"blob transaction of type create"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"blobVersionedHashes":["0x0100000000000000000000000000000000000000000000000000000000000000"],"maxFeePerBlobGas":"0x0","maxFeePerGas":"0x1a21398"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"maxFeePerBlobGas, if specified, must be non-zero"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"maxFeePerBlobGas":"0x0"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"maxFeePerBlobGas, if specified, must be non-zero"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"authorizationList":[]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"EIP-7702 transaction cannot be used to create contract"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"authorizationList":[]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"EIP-7702 transaction cannot be used to create contract"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"authorizationList":[]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"EIP-7702 transaction cannot be used to create contract"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"authorizationList":[{"address":"0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","chainId":"0x1","nonce":"0x0","r":"0x1111111111111111111111111111111111111111111111111111111111111111","s":"0x2222222222222222222222222222222222222222222222222222222222222222","yParity":"0x0"}]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"EIP-7702 transaction cannot be used to create contract"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"authorizationList":[{"address":"0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","chainId":"0x1","nonce":"0x0","r":"0x1111111111111111111111111111111111111111111111111111111111111111","s":"0x2222222222222222222222222222222222222222222222222222222222222222","yParity":"0x0"}]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"EIP-7702 transaction cannot be used to create contract"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"authorizationList":[{"address":"0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","chainId":"0x1","nonce":"0x0","r":"0x1111111111111111111111111111111111111111111111111111111111111111","s":"0x2222222222222222222222222222222222222222222222222222222222222222","yParity":"0x0"}]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"EIP-7702 transaction cannot be used to create contract"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"gas":"x"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go struct field TransactionArgs.gas of type hexutil.Uint64"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"gas":"x"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go struct field TransactionArgs.gas of type hexutil.Uint64"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"gas":"x"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go struct field TransactionArgs.gas of type hexutil.Uint64"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"value":1},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go struct field TransactionArgs.value of type *hexutil.Big"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"value":1}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go struct field TransactionArgs.value of type *hexutil.Big"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"value":1},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go struct field TransactionArgs.value of type *hexutil.Big"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"value":"0x00"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex number with leading zero digits into Go struct field TransactionArgs.value of type *hexutil.Big"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"value":"0x00"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex number with leading zero digits into Go struct field TransactionArgs.value of type *hexutil.Big"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"value":"0x00"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex number with leading zero digits into Go struct field TransactionArgs.value of type *hexutil.Big"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"from":"0x12"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 2, want 40 for common.Address"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"from":"0x12"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 2, want 40 for common.Address"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"from":"0x12"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 2, want 40 for common.Address"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","value":"0xffffffffffffffffffffffffffffffff"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: insufficient funds for gas * price + value: address 0x0000000000000000000000000000000000000000 have 142312500000103418778 want 340282366920938463463374607431768211455 (supplied gas 50000000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","value":"0xffffffffffffffffffffffffffffffff"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed with 16777216 gas: insufficient funds for gas * price + value: address 0x0000000000000000000000000000000000000000 have 142312500000103418778 want 340282366920938463463374607431768211455"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","value":"0xffffffffffffffffffffffffffffffff"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed to apply transaction: 0xa5b025290afa2b4501c20a62a84dbcb92577cc53c890852fc110662c10b26722 err: insufficient funds for gas * price + value: address 0x0000000000000000000000000000000000000000 have 142312500000103418778 want 340282366920938463463374607431768211455"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","gas":"0x5208"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"out of gas"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","gas":"0x5208"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"gas required exceeds allowance (21000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","gas":"0x5208"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[],"error":"out of gas","gasUsed":"0x5208"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","gasPrice":"0x1"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed to apply transaction: 0x06320c39eb756d4fc21668e624256d5c1dd68c5487439b577337f58502bc1a23 err: max fee per gas less than block base fee: address 0x0000000000000000000000000000000000000000, maxFeePerGas: 1, baseFee: 27399063"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","gasPrice":"0x0"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"gasPrice must be non-zero after london fork"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","gasPrice":"0x1","maxFeePerGas":"0x1"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","gasPrice":"0x1","maxFeePerGas":"0x1"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","gasPrice":"0x1","maxFeePerGas":"0x1"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","chainId":"0x1"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"chainId does not match node's (have=1, want=3503995874084926)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","chainId":"0x1"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"chainId does not match node's (have=1, want=3503995874084926)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","chainId":"0x1"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"chainId does not match node's (have=1, want=3503995874084926)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000"]}]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000"]}],"gasUsed":"0x6351"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","blobVersionedHashes":[]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: blob transaction missing blob hashes (supplied gas 50000000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","blobVersionedHashes":[]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed with 16777216 gas: blob transaction missing blob hashes"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","blobVersionedHashes":[]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed to apply transaction: 0x2ba2dd4cec1935784ecf237d4428f5026784ff7ae9fa2dd9900fd993c2944523 err: blob transaction missing blob hashes"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","blobVersionedHashes":["0x0200000000000000000000000000000000000000000000000000000000000000"],"maxFeePerBlobGas":"0x5"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: blob 0 has invalid hash version (supplied gas 50000000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","blobVersionedHashes":["0x0200000000000000000000000000000000000000000000000000000000000000"],"maxFeePerBlobGas":"0x5"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed with 16777216 gas: blob 0 has invalid hash version"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","blobVersionedHashes":["0x0200000000000000000000000000000000000000000000000000000000000000"],"maxFeePerBlobGas":"0x5"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed to apply transaction: 0xb482c0c02c56ffb7977d127a9c2e6a8bc5cd9a76e55e1eedfcece051c86d091d err: blob 0 has invalid hash version"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","authorizationList":[]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: EIP-7702 transaction with empty auth list (sender 0x0000000000000000000000000000000000000000) (supplied gas 50000000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","authorizationList":[]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed with 16777216 gas: EIP-7702 transaction with empty auth list (sender 0x0000000000000000000000000000000000000000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","authorizationList":[]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed to apply transaction: 0x15b15b264200e1ed70e08ce0904bb826dd9b4c6af97cc0a6f4625f65191a9fb6 err: EIP-7702 transaction with empty auth list (sender 0x0000000000000000000000000000000000000000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","gas":"x"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go struct field TransactionArgs.gas of type hexutil.Uint64"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","gas":"x"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go struct field TransactionArgs.gas of type hexutil.Uint64"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","gas":"x"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go struct field TransactionArgs.gas of type hexutil.Uint64"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","value":1},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go struct field TransactionArgs.value of type *hexutil.Big"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","value":1}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go struct field TransactionArgs.value of type *hexutil.Big"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","value":1},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal non-string into Go struct field TransactionArgs.value of type *hexutil.Big"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","value":"0x00"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex number with leading zero digits into Go struct field TransactionArgs.value of type *hexutil.Big"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","value":"0x00"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex number with leading zero digits into Go struct field TransactionArgs.value of type *hexutil.Big"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","value":"0x00"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal hex number with leading zero digits into Go struct field TransactionArgs.value of type *hexutil.Big"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","from":"0x12"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 2, want 40 for common.Address"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","from":"0x12"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 2, want 40 for common.Address"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d","from":"0x12"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string has length 2, want 40 for common.Address"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":3,"message":"execution reverted","data":"0x77726f6e672d63616c6c6461746173697a65"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":3,"message":"execution reverted","data":"0x77726f6e672d63616c6c6461746173697a65"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[],"error":"execution reverted","gasUsed":"0x522f"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667","gas":"0x5208"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"out of gas"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667","gas":"0x5208"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[],"error":"out of gas","gasUsed":"0x5208"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667","accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000"]}]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000"]}],"error":"execution reverted","gasUsed":"0x62fb"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667","blobVersionedHashes":[]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: blob transaction missing blob hashes (supplied gas 50000000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667","blobVersionedHashes":[]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed with 16777216 gas: blob transaction missing blob hashes"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667","blobVersionedHashes":[]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed to apply transaction: 0x1438cb3724dde893537a35cf8ae47678ad3f1371b40233a217e4f1e2966235a0 err: blob transaction missing blob hashes"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667","blobVersionedHashes":["0x0200000000000000000000000000000000000000000000000000000000000000"],"maxFeePerBlobGas":"0x5"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: blob 0 has invalid hash version (supplied gas 50000000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667","blobVersionedHashes":["0x0200000000000000000000000000000000000000000000000000000000000000"],"maxFeePerBlobGas":"0x5"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed with 16777216 gas: blob 0 has invalid hash version"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667","blobVersionedHashes":["0x0200000000000000000000000000000000000000000000000000000000000000"],"maxFeePerBlobGas":"0x5"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed to apply transaction: 0xaad102925a0df38382da0efa013886a739a201cf134689d2f874b1e22af4b4c3 err: blob 0 has invalid hash version"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667","authorizationList":[]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: EIP-7702 transaction with empty auth list (sender 0x0000000000000000000000000000000000000000) (supplied gas 50000000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667","authorizationList":[]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed with 16777216 gas: EIP-7702 transaction with empty auth list (sender 0x0000000000000000000000000000000000000000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667","authorizationList":[]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed to apply transaction: 0x1beec9f2a39c4bad1efb2577f0cba2793b20a9ea5788e18ea5de6ed1f6a2ce18 err: EIP-7702 transaction with empty auth list (sender 0x0000000000000000000000000000000000000000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x0ee3ab1371c93e7c0c281cc0c2107cdebc8b1930"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":3,"message":"execution reverted: assert(false)","data":"0x4e487b710000000000000000000000000000000000000000000000000000000000000001"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x0ee3ab1371c93e7c0c281cc0c2107cdebc8b1930"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":3,"message":"execution reverted: assert(false)","data":"0x4e487b710000000000000000000000000000000000000000000000000000000000000001"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x0ee3ab1371c93e7c0c281cc0c2107cdebc8b1930"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[{"address":"0x0ee3ab1371c93e7c0c281cc0c2107cdebc8b1930","storageKeys":["0x00000000000000000000000000000000000000000000000000000000000042ff"]}],"error":"execution reverted","gasUsed":"0x6374"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x0ee3ab1371c93e7c0c281cc0c2107cdebc8b1930","value":"0x1"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":3,"message":"execution reverted: assert(false)","data":"0x4e487b710000000000000000000000000000000000000000000000000000000000000001"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x0ee3ab1371c93e7c0c281cc0c2107cdebc8b1930","value":"0x1"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":3,"message":"execution reverted: assert(false)","data":"0x4e487b710000000000000000000000000000000000000000000000000000000000000001"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x0ee3ab1371c93e7c0c281cc0c2107cdebc8b1930","input":"0xff01"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":3,"message":"execution reverted: user error","data":"0x08c379a00000000000000000000000000000000000000000000000000000000000000020000000000000000000000000000000000000000000000000000000000000000a75736572206572726f72"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x0ee3ab1371c93e7c0c281cc0c2107cdebc8b1930","input":"0xff01"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":3,"message":"execution reverted: user error","data":"0x08c379a00000000000000000000000000000000000000000000000000000000000000020000000000000000000000000000000000000000000000000000000000000000a75736572206572726f72"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x0ee3ab1371c93e7c0c281cc0c2107cdebc8b1930","data":"0xff01"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":3,"message":"execution reverted: user error","data":"0x08c379a00000000000000000000000000000000000000000000000000000000000000020000000000000000000000000000000000000000000000000000000000000000a75736572206572726f72"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x0ee3ab1371c93e7c0c281cc0c2107cdebc8b1930","data":"0xff01"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":3,"message":"execution reverted: user error","data":"0x08c379a00000000000000000000000000000000000000000000000000000000000000020000000000000000000000000000000000000000000000000000000000000000a75736572206572726f72"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x0ee3ab1371c93e7c0c281cc0c2107cdebc8b1930","accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000"]}]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[{"address":"0x0ee3ab1371c93e7c0c281cc0c2107cdebc8b1930","storageKeys":["0x00000000000000000000000000000000000000000000000000000000000042ff"]},{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000"]}],"error":"execution reverted","gasUsed":"0x7440"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000","0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"]}],"gasUsed":"0xc9d3"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","value":"0x1"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000","0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"]}],"gasUsed":"0xc9d3"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0xeda8645ba6948855e3b3cd596bbb07596d59c603","accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000"]}]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000"]},{"address":"0xeda8645ba6948855e3b3cd596bbb07596d59c603","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000"]}],"gasUsed":"0x7431"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","value":"0xffffffffffffffffffffffffffffffff"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: insufficient funds for gas * price + value: address 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2 have 1000000000000000000000000000000000000 want 340282366920938463463374607431768211455 (supplied gas 50000000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","value":"0xffffffffffffffffffffffffffffffff"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed with 16777216 gas: insufficient funds for gas * price + value: address 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2 have 1000000000000000000000000000000000000 want 340282366920938463463374607431768211455"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","value":"0xffffffffffffffffffffffffffffffff"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed to apply transaction: 0xaf53b7a58c28ef62802ba44decf2df824d3021e5dfab45644bed1b7694f5a85e err: insufficient funds for gas * price + value: address 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2 have 1000000000000000000000000000000000000 want 340282366920938463463374607431768211455"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","gasPrice":"0x1"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: max fee per gas less than block base fee: address 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2, maxFeePerGas: 1, baseFee: 27399063 (supplied gas 50000000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","gasPrice":"0x1"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed with 16777216 gas: max fee per gas less than block base fee: address 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2, maxFeePerGas: 1, baseFee: 27399063"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","gasPrice":"0x1"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed to apply transaction: 0x553582a685b0dabe64e6a08e39b013621d123eb9542054a981ecccf4f37354e1 err: max fee per gas less than block base fee: address 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2, maxFeePerGas: 1, baseFee: 27399063"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","maxFeePerGas":"0x1","gas":"0xea60"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: max fee per gas less than block base fee: address 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2, maxFeePerGas: 1, baseFee: 27399063 (supplied gas 60000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","maxFeePerGas":"0x1","gas":"0xea60"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed with 60000 gas: max fee per gas less than block base fee: address 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2, maxFeePerGas: 1, baseFee: 27399063"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","maxFeePerGas":"0x1a21398","maxPriorityFeePerGas":"0xffffffffff","gas":"0xea60"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: max priority fee per gas higher than max fee per gas: address 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2, maxPriorityFeePerGas: 1099511627775, maxFeePerGas: 27399064 (supplied gas 60000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","maxFeePerGas":"0x1a21398","maxPriorityFeePerGas":"0xffffffffff","gas":"0xea60"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed with 60000 gas: max priority fee per gas higher than max fee per gas: address 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2, maxPriorityFeePerGas: 1099511627775, maxFeePerGas: 27399064"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","maxPriorityFeePerGas":"0x1","gas":"0xea60"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: max priority fee per gas higher than max fee per gas: address 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2, maxPriorityFeePerGas: 1, maxFeePerGas: 0 (supplied gas 60000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","maxPriorityFeePerGas":"0x1","gas":"0xea60"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed with 60000 gas: max priority fee per gas higher than max fee per gas: address 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2, maxPriorityFeePerGas: 1, maxFeePerGas: 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","input":"0xfe"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"invalid opcode: INVALID"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","input":"0xfe"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"invalid opcode: INVALID"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","input":"0xfe"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[],"error":"invalid opcode: INVALID","gasUsed":"0x2faf080"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","to":"0x9344b07175800259691961298ca11c824e65032d","value":"0xffffffffffffffffffffffffffffffff"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: insufficient funds for gas * price + value: address 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2 have 1000000000000000000000000000000000000 want 340282366920938463463374607431768211455 (supplied gas 50000000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","to":"0x9344b07175800259691961298ca11c824e65032d","value":"0xffffffffffffffffffffffffffffffff"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed with 16777216 gas: insufficient funds for gas * price + value: address 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2 have 1000000000000000000000000000000000000 want 340282366920938463463374607431768211455"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","to":"0x9344b07175800259691961298ca11c824e65032d","value":"0xffffffffffffffffffffffffffffffff"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed to apply transaction: 0xa5b025290afa2b4501c20a62a84dbcb92577cc53c890852fc110662c10b26722 err: insufficient funds for gas * price + value: address 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2 have 1000000000000000000000000000000000000 want 340282366920938463463374607431768211455"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","to":"0x9344b07175800259691961298ca11c824e65032d","gasPrice":"0x1"},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed to apply transaction: 0x06320c39eb756d4fc21668e624256d5c1dd68c5487439b577337f58502bc1a23 err: max fee per gas less than block base fee: address 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2, maxFeePerGas: 1, baseFee: 27399063"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","to":"0x9344b07175800259691961298ca11c824e65032d","authorizationList":[]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: EIP-7702 transaction with empty auth list (sender 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2) (supplied gas 50000000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","to":"0x9344b07175800259691961298ca11c824e65032d","authorizationList":[]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed with 16777216 gas: EIP-7702 transaction with empty auth list (sender 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","to":"0x9344b07175800259691961298ca11c824e65032d","authorizationList":[]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed to apply transaction: 0x15b15b264200e1ed70e08ce0904bb826dd9b4c6af97cc0a6f4625f65191a9fb6 err: EIP-7702 transaction with empty auth list (sender 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","to":"0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667","authorizationList":[]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"err: EIP-7702 transaction with empty auth list (sender 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2) (supplied gas 50000000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","to":"0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667","authorizationList":[]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed with 16777216 gas: EIP-7702 transaction with empty auth list (sender 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","to":"0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667","authorizationList":[]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed to apply transaction: 0x1beec9f2a39c4bad1efb2577f0cba2793b20a9ea5788e18ea5de6ed1f6a2ce18 err: EIP-7702 transaction with empty auth list (sender 0x14e46043e63D0E3cdcf2530519f4cFAf35058Cb2)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","to":"0x0ee3ab1371c93e7c0c281cc0c2107cdebc8b1930","accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000"]}]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[{"address":"0x0ee3ab1371c93e7c0c281cc0c2107cdebc8b1930","storageKeys":["0x00000000000000000000000000000000000000000000000000000000000042ff"]},{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000"]}],"error":"execution reverted","gasUsed":"0x7440"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2","to":"0xeda8645ba6948855e3b3cd596bbb07596d59c603","accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000"]}]},"latest"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000"]},{"address":"0xeda8645ba6948855e3b3cd596bbb07596d59c603","storageKeys":["0x0000000000000000000000000000000000000000000000000000000000000000"]}],"gasUsed":"0x7431"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"from":"0xaa00000000000000000000000000000000000000","gasPrice":"0x1"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"insufficient funds for transfer"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"from":"0xaa00000000000000000000000000000000000000","gasPrice":"0x1a21398"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"insufficient funds for transfer"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed to apply transaction: 0xabde9078e0246eb8fb03091eb9f26e3214de378632b1e5937c4c68474dba38c3 err: transaction type not supported: access list tx (sender 0x0000000000000000000000000000000000000000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff","maxPriorityFeePerGas":"0x1"},"0x0"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"maxFeePerGas and maxPriorityFeePerGas are not valid before London is active"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"invalid opcode: CHAINID"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"invalid opcode: CHAINID"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"failed to apply transaction: 0xabde9078e0246eb8fb03091eb9f26e3214de378632b1e5937c4c68474dba38c3 err: transaction type not supported: access list tx (sender 0x0000000000000000000000000000000000000000)"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff","maxPriorityFeePerGas":"0x1"},"0x1"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"maxFeePerGas and maxPriorityFeePerGas are not valid before London is active"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x2"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"invalid opcode: CHAINID"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x2"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"invalid opcode: CHAINID"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x12"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"invalid opcode: BASEFEE"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x12"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"invalid opcode: BASEFEE"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x13"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"invalid opcode: BASEFEE"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x13"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"invalid opcode: BASEFEE"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x18"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[],"error":"invalid opcode: BASEFEE","gasUsed":"0x2faf080"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x19"]}
<< {"jsonrpc":"2.0","id":1,"result":{"accessList":[],"error":"invalid opcode: BASEFEE","gasUsed":"0x2faf080"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x37"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x37"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x37"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff"},"0x37"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff","maxPriorityFeePerGas":"0x1"},"0x37"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x38"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header for hash not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header for hash not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header for hash not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff"},"0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header for hash not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff","maxPriorityFeePerGas":"0x1"},"0x0000000000000000000000000000000000000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header for hash not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff"},"0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff","maxPriorityFeePerGas":"0x1"},"0x01"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex number with leading zero digits"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"54"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"54"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"54"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff"},"54"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff","maxPriorityFeePerGas":"0x1"},"54"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff"},54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff","maxPriorityFeePerGas":"0x1"},54]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal number into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff"},""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff","maxPriorityFeePerGas":"0x1"},""]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: empty hex string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"foo"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: hex string without 0x prefix"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff"},"0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff","maxPriorityFeePerGas":"0x1"},"0xffffffffffffffff"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: blocknumber too high"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},{"blockHash":"0x0000000000000000000000000000000000000000000000000000000000000000","requireCanonical":true}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"header for hash not found"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff"},{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff","maxPriorityFeePerGas":"0x1"},{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: must specify either BlockHash or BlockNumber"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff"},{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff","maxPriorityFeePerGas":"0x1"},{"blockNumber":"0x3","blockHash":"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: cannot specify both BlockHash and BlockNumber, choose one or the other"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff"},["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff","maxPriorityFeePerGas":"0x1"},["latest"]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal array into Go value of type string"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[null]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[[]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: json: cannot unmarshal array into Go value of type ethapi.TransactionArgs"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{},{},{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"too many arguments, want at most 4"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{},{"beaconRoot":"0x00000000000000000000000000000000000000000000000000000000656d6974"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"block override \"beaconRoot\" is not supported for this RPC method"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{},{"beaconRoot":"0x00000000000000000000000000000000000000000000000000000000656d6974"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"block override \"beaconRoot\" is not supported for this RPC method"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{},{"withdrawals":[]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"block override \"withdrawals\" is not supported for this RPC method"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{},{"withdrawals":[]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"block override \"withdrawals\" is not supported for this RPC method"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{},{"number":"x"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 3: json: cannot unmarshal hex string without 0x prefix into Go struct field BlockOverrides.Number of type *hexutil.Big"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{},{"number":"x"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 3: json: cannot unmarshal hex string without 0x prefix into Go struct field BlockOverrides.Number of type *hexutil.Big"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{},[]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 3: json: cannot unmarshal array into Go value of type override.BlockOverrides"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{},[]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 3: json: cannot unmarshal array into Go value of type override.BlockOverrides"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506"},"latest",{},{"beaconRoot":"0x00000000000000000000000000000000000000000000000000000000656d6974"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"block override \"beaconRoot\" is not supported for this RPC method"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506"},"latest",{},{"beaconRoot":"0x00000000000000000000000000000000000000000000000000000000656d6974"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"block override \"beaconRoot\" is not supported for this RPC method"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506"},"latest",{},{"withdrawals":[]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"block override \"withdrawals\" is not supported for this RPC method"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506"},"latest",{},{"withdrawals":[]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"block override \"withdrawals\" is not supported for this RPC method"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506"},"latest",{},{"number":"x"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 3: json: cannot unmarshal hex string without 0x prefix into Go struct field BlockOverrides.Number of type *hexutil.Big"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506"},"latest",{},{"number":"x"}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 3: json: cannot unmarshal hex string without 0x prefix into Go struct field BlockOverrides.Number of type *hexutil.Big"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506"},"latest",{},[]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 3: json: cannot unmarshal array into Go value of type override.BlockOverrides"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506"},"latest",{},[]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 3: json: cannot unmarshal array into Go value of type override.BlockOverrides"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{"0x9344b07175800259691961298ca11c824e65032d":{"state":{},"stateDiff":{}}}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"account 0x9344b07175800259691961298cA11c824e65032d has both 'state' and 'stateDiff'"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{"0x9344b07175800259691961298ca11c824e65032d":{"state":{},"stateDiff":{}}}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"account 0x9344b07175800259691961298cA11c824e65032d has both 'state' and 'stateDiff'"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{"0x9344b07175800259691961298ca11c824e65032d":{"state":{},"stateDiff":{}}}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"account 0x9344b07175800259691961298cA11c824e65032d has both 'state' and 'stateDiff'"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{"0x9344b07175800259691961298ca11c824e65032d":{"state":{},"stateDiff":{}}},{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"account 0x9344b07175800259691961298cA11c824e65032d has both 'state' and 'stateDiff'"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{"0x9344b07175800259691961298ca11c824e65032d":{"state":{},"stateDiff":{}}},{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"account 0x9344b07175800259691961298cA11c824e65032d has both 'state' and 'stateDiff'"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506"},"latest",{"0x9344b07175800259691961298ca11c824e65032d":{"state":{},"stateDiff":{}}}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"account 0x9344b07175800259691961298cA11c824e65032d has both 'state' and 'stateDiff'"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{"0x9344b07175800259691961298ca11c824e65032d":{"movePrecompileToAddress":"0x1234000000000000000000000000000000000000"}}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"account 0x9344b07175800259691961298cA11c824e65032d is not a precompile"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{"0x9344b07175800259691961298ca11c824e65032d":{"movePrecompileToAddress":"0x1234000000000000000000000000000000000000"}}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"account 0x9344b07175800259691961298cA11c824e65032d is not a precompile"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{"0x9344b07175800259691961298ca11c824e65032d":{"movePrecompileToAddress":"0x1234000000000000000000000000000000000000"}}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"account 0x9344b07175800259691961298cA11c824e65032d is not a precompile"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{"0x9344b07175800259691961298ca11c824e65032d":{"movePrecompileToAddress":"0x1234000000000000000000000000000000000000"}},{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"account 0x9344b07175800259691961298cA11c824e65032d is not a precompile"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{"0x9344b07175800259691961298ca11c824e65032d":{"movePrecompileToAddress":"0x1234000000000000000000000000000000000000"}},{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"account 0x9344b07175800259691961298cA11c824e65032d is not a precompile"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506"},"latest",{"0x9344b07175800259691961298ca11c824e65032d":{"movePrecompileToAddress":"0x1234000000000000000000000000000000000000"}}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"account 0x9344b07175800259691961298cA11c824e65032d is not a precompile"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{"0x0000000000000000000000000000000000000002":{"movePrecompileToAddress":"0x9344b07175800259691961298ca11c824e65032d"}}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"account 0x0000000000000000000000000000000000000002 is not a precompile"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506"},"latest",{"0x0000000000000000000000000000000000000002":{"movePrecompileToAddress":"0x9344b07175800259691961298ca11c824e65032d"}}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"account 0x0000000000000000000000000000000000000002 is not a precompile"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",[]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: json: cannot unmarshal array into Go value of type override.StateOverride"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",[]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: json: cannot unmarshal array into Go value of type override.StateOverride"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",[]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: json: cannot unmarshal array into Go value of type override.StateOverride"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",[],{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: json: cannot unmarshal array into Go value of type override.StateOverride"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",[],{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: json: cannot unmarshal array into Go value of type override.StateOverride"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506"},"latest",[]]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: json: cannot unmarshal array into Go value of type override.StateOverride"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{"0x9344b07175800259691961298ca11c824e65032d":{"code":"zz"}}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: json: cannot unmarshal hex string without 0x prefix into Go struct field OverrideAccount.code of type hexutil.Bytes"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{"0x9344b07175800259691961298ca11c824e65032d":{"code":"zz"}}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: json: cannot unmarshal hex string without 0x prefix into Go struct field OverrideAccount.code of type hexutil.Bytes"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{"0x9344b07175800259691961298ca11c824e65032d":{"code":"zz"}}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: json: cannot unmarshal hex string without 0x prefix into Go struct field OverrideAccount.code of type hexutil.Bytes"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{"0x9344b07175800259691961298ca11c824e65032d":{"code":"zz"}},{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: json: cannot unmarshal hex string without 0x prefix into Go struct field OverrideAccount.code of type hexutil.Bytes"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_estimateGas","params":[{"to":"0x9344b07175800259691961298ca11c824e65032d"},"latest",{"0x9344b07175800259691961298ca11c824e65032d":{"code":"zz"}},{}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: json: cannot unmarshal hex string without 0x prefix into Go struct field OverrideAccount.code of type hexutil.Bytes"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_createAccessList","params":[{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506"},"latest",{"0x9344b07175800259691961298ca11c824e65032d":{"code":"zz"}}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 2: json: cannot unmarshal hex string without 0x prefix into Go struct field OverrideAccount.code of type hexutil.Bytes"}}
>> {"jsonrpc":"2.0","id":"abc","method":"eth_chainId"}
<< {"jsonrpc":"2.0","id":"abc","result":"0xc72dd9d5e883e"}
>> {"jsonrpc":"2.0","id":null,"method":"eth_chainId"}
<< {"jsonrpc":"2.0","id":null,"result":"0xc72dd9d5e883e"}
>> {"jsonrpc":"2.0","method":"eth_chainId"}
<< 
>> {"id":1,"method":"eth_chainId"}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"invalid request"}}
>> {"jsonrpc":"2.0","id":1}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"invalid request"}}
>> {}
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request"}}
>> []
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"empty batch"}}
>> null
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request"}}
>> {
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error"}}
>> 
<< 
>> [1]
<< [{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request"}}]
>> [1,2]
<< [{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request"}},{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request"}}]
>> [null,[]]
<< [{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request"}},{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request"}}]
>> [{"jsonrpc":"2.0","id":1,"method":"eth_chainId"},{"jsonrpc":"2.0","id":"2","method":"eth_chainId"}]
<< [{"jsonrpc":"2.0","id":1,"result":"0xc72dd9d5e883e"},{"jsonrpc":"2.0","id":"2","result":"0xc72dd9d5e883e"}]
>> [{"jsonrpc":"2.0","method":"eth_chainId"},{"jsonrpc":"2.0","id":"2","method":"eth_foo"}]
<< [{"jsonrpc":"2.0","id":"2","error":{"code":-32601,"message":"the method eth_foo does not exist/is not available"}}]
>> [{"jsonrpc":"2.0","method":"eth_chainId"},{"jsonrpc":"2.0","method":"eth_foo"}]
<< 
>> [[],{"jsonrpc":"2.0","id":"2","method":"eth_foo"}]
<< [{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request"}},{"jsonrpc":"2.0","id":"2","error":{"code":-32601,"message":"the method eth_foo does not exist/is not available"}}]
>> {"jsonrpc":"2.0","id":{},"method":"eth_chainId"}
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request"}}
>> {"jsonrpc":"2.0","id":[1],"method":"eth_chainId"}
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":{}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"non-array args"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":null}
<< {"jsonrpc":"2.0","id":1,"result":"0xc72dd9d5e883e"}
>> {"jsonrpc":"2.0","id":1,"result":"x"}
<< 
