package main

import (
	"context"
	"errors"
	"time"

	"github.com/candela-les/candela/node"
)

type serveCmd struct {
	DataDir string   `name:"datadir" help:"Keep the chain here, in go-ethereum's own layout; with --node only the server's key and what candela admin has decided." placeholder:"DIR" required:""`
	Genesis string   `help:"Genesis file of the chain to serve; not needed again for a data directory that has one." type:"existingfile" placeholder:"FILE"`
	Network string   `help:"Public network to serve: mainnet, sepolia or hoodi. Needs a consensus client on --authrpc." placeholder:"NAME"`
	Import  string   `help:"Import the blocks of this RLP file first; its last block becomes safe and finalized." type:"existingfile" placeholder:"FILE"`
	Follow  string   `help:"Follow the node at this JSON-RPC URL, for chains before the merge." placeholder:"URL"`
	Node    []string `name:"node" help:"Serve from these nodes over their JSON-RPC instead of a chain here: http(s) or ws(s) URLs or IPC paths, of one chain, the preferred one first. Light clients are offered les/5 only." placeholder:"URL,…"`
	NodeRPC struct {
		JWTSecret string  `name:"jwtsecret" help:"File with the secret that the nodes of --node ask for, as for the Engine API." type:"existingfile" placeholder:"FILE"`
		Rate      float64 `help:"Most requests per second to each node of --node; 0 for no limit." default:"0" placeholder:"N"`
	} `embed:"" prefix:"node."`
	Archive bool `help:"Keep every state instead of the last 128."`
	Cache   int  `help:"Memory for the chain's caches, in MiB. Default: 256, 2048 for a public network, and 64 with --node." placeholder:"MIB"`

	Addr         string `help:"Accept light clients on this address." default:"0.0.0.0"`
	Port         uint16 `help:"Accept light clients on this TCP port; 0 picks one." default:"30403"`
	NodeKey      string `name:"nodekey" help:"Key of this server, as 64 hex digits; made if the file does not exist. Default: les.key in the data directory." placeholder:"FILE"`
	MaxClients   int    `help:"Most light clients connected at once." default:"100"`
	Handshakes   int    `help:"Most of this machine's processor time, in percent, that new connections may take." default:"10" placeholder:"PERCENT"`
	OnlyAnnounce bool   `name:"onlyannounce" help:"Sign heads for ultra light clients, serve no data."`
	LES          []uint `name:"les" help:"Protocol versions to offer, as far as the node can answer them." enum:"2,3,4,5" default:"2,3,4,5"`

	Capacity struct {
		Reserve string `help:"Part of the capacity that is promised to nobody, until candela admin sets another. Default: 20%." placeholder:"PERCENT"`
		Free    string `help:"Part of the capacity that is never sold, for clients without units, until candela admin sets another. Default: 10%." placeholder:"PERCENT"`
	} `embed:"" prefix:"capacity."`

	Sell struct {
		Price    string `help:"Sell units of capacity by auction, for this price an hour at least, in whole tokens. Without it nothing is sold." placeholder:"PRICE"`
		Units    uint64 `help:"Sell at most so many units. Default: all that are not granted or kept." placeholder:"N"`
		MaxBid   int    `help:"Most units that one bid may ask for." default:"16" placeholder:"N"`
		Fee      string `help:"What a new or changed bid costs, in whole tokens." placeholder:"AMOUNT"`
		Least    string `help:"Least first deposit, in whole tokens." placeholder:"AMOUNT"`
		Token    string `help:"Contract of the token that is paid in. Default: the chain's own coin." placeholder:"ADDRESS"`
		ChainID  uint64 `name:"chain-id" help:"Chain that the token is on. Default: the one that is served." placeholder:"ID"`
		Decimals uint64 `help:"Decimals of the token." default:"18" placeholder:"N"`
		Currency string `help:"Name of the token, for people." default:"ETH" placeholder:"NAME"`
		Anew     bool   `help:"Begin anew where the ledger or payments.db is lost: what clients had, and what they owe, is forgotten."`
		Name     string `help:"Name of this server where several share a ledger. Default: its node id." placeholder:"NAME"`
	} `embed:"" prefix:"sell."`
	Pay struct {
		Methods       []string      `help:"Let clients pay by themselves, by these methods: channel, cheque, lottery, offset. Without it only candela admin credit fills accounts." placeholder:"METHOD"`
		RPC           string        `name:"rpc" help:"Node of the token's chain: a URL or IPC path. Default: the one that is served, if the token is on its chain." placeholder:"URL"`
		Receiver      string        `help:"Address that is paid. Its key is needed for nothing here. Servers that have the same share one ledger." placeholder:"ADDRESS"`
		Keystore      string        `help:"File of go-ethereum's with the key that signs claims, and pays for their gas." type:"existingfile" placeholder:"FILE"`
		Password      string        `help:"File whose first line is that key's password." type:"existingfile" placeholder:"FILE"`
		Confirmations uint64        `help:"Blocks that have to be above a deposit for it to count." default:"12" placeholder:"N"`
		Stale         time.Duration `help:"Take payments for so long while the chain is not seen." default:"10m" placeholder:"SPAN"`
		Delay         time.Duration `help:"Have clients wait for so long for a deposit that they take back by themselves. Candela's accept 72h at most." default:"24h" placeholder:"SPAN"`
		CoinPrice     string        `name:"coin-price" help:"What the coin that gas is paid by is worth, in whole tokens: payments are collected when that is worth their gas." placeholder:"AMOUNT"`
		MaxFee        uint64        `name:"max-fee" help:"Most that is paid for a gas, in gwei." default:"100" placeholder:"GWEI"`
		Factory       string        `help:"Address that has deployed the chequebooks which are taken, for cheque." placeholder:"ADDRESS"`
		Credit        string        `help:"Take so much of each client's cheques beyond what is set aside for this server, in whole tokens. It can be lost. Default: nothing." placeholder:"AMOUNT"`
		Lottery       string        `help:"Contract that pays winners, for lottery." placeholder:"ADDRESS"`
		Revenue       string        `help:"What is earned by lottery in the time in which luck is to even out, such as a month, in whole tokens. The prize is at most a hundredth of it." placeholder:"AMOUNT"`
		Prize         string        `help:"Least that a winning ticket gets, in whole tokens. Default: a hundred times what it costs to be paid, when the server starts." placeholder:"AMOUNT"`
		Ticket        string        `help:"What a ticket is worth, in whole tokens. Default: a minute of a unit at the price of --sell.price." placeholder:"AMOUNT"`
		OwnClient     string        `name:"own-client" help:"Address of your own light client's session key, for offset: what it takes at partners' servers is what theirs may take here." placeholder:"ADDRESS"`
		Partner       []string      `help:"Light clients that may take service on account, for offset: the addresses of partners' session keys." placeholder:"ADDRESS"`
		Threshold     string        `help:"What each partner may owe for service, in whole tokens. It can be lost." placeholder:"AMOUNT"`
		Open          string        `help:"Take lottery tickets from open pots, without a lock for this server, so that as much can be lost to each client that overspends, in whole tokens: at least a prize. Default: locks only." placeholder:"AMOUNT"`
		OpenAll       string        `name:"open-all" help:"Most that can be lost so to all clients. Default: ten times --pay.open." placeholder:"AMOUNT"`
		AtStake       string        `name:"at-stake" help:"Collect whatever the gas costs when so much waits for it, in whole tokens." placeholder:"AMOUNT"`
	} `embed:"" prefix:"pay."`
	Ledger string `help:"Keep clients' accounts here: a file, or a postgres:// URL for several servers on the same accounts. Default: ledger.db in the data directory." placeholder:"WHERE"`

	Discovery *bool    `help:"Make the server known on the discovery network (discv5), over UDP on the same port number. Default: on with --network, else off." negatable:""`
	Bootnodes []string `help:"Nodes to begin discovery with, as enode URLs or ENRs. Default: those of the public network." placeholder:"NODE"`
	NAT       string   `help:"How light clients reach this machine: any, none, upnp, pmp, stun or extip:ADDRESS." default:"" placeholder:"HOW"`

	Chain struct {
		Addr string `help:"Accept chain peers of a public network on this address." default:"0.0.0.0"`
		Port uint16 `help:"Accept chain peers on this TCP and UDP port." default:"30303"`
	} `embed:"" prefix:"chain."`

	AuthRPC struct {
		Addr      string   `help:"Engine API address." default:"127.0.0.1"`
		Port      uint16   `help:"Engine API port." default:"8551"`
		VHosts    []string `name:"vhosts" help:"Host names that the Engine API answers to." default:"localhost"`
		JWTSecret string   `name:"jwtsecret" help:"File with the secret shared with the consensus client; made if missing. Default: jwtsecret in the data directory." placeholder:"FILE"`
	} `embed:"" prefix:"authrpc."`
}

// Help is shown by candela serve --help.
func (serveCmd) Help() string {
	return `Prints "serving enode://…" on standard output once it answers.

Examples:
  candela serve --datadir ./server --genesis genesis.json --import chain.rlp
  candela serve --datadir ./mainnet --network mainnet --authrpc.port 8551
  candela serve --datadir ./server --node ws://127.0.0.1:8546,https://node.example
  candela serve --datadir ./server --discovery --bootnodes enode://…@10.0.0.1:30403 --nat extip:203.0.113.7
  candela serve --datadir ./server --node ws://127.0.0.1:8546 --sell.price 0.002 --sell.decimals 6 --sell.currency USDC \
    --sell.token 0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48 --pay.methods channel --pay.receiver 0x90F8… \
    --pay.keystore hot.json --pay.password hot.txt --pay.coin-price 3000`
}

func (s *serveCmd) Run(ctx context.Context, e *env) error {
	server, err := node.StartServer(ctx, e.Env, node.ServerConfig{
		DataDir:       s.DataDir,
		Genesis:       s.Genesis,
		Network:       s.Network,
		Import:        s.Import,
		Follow:        s.Follow,
		Archive:       s.Archive,
		Nodes:         s.Node,
		NodeJWTSecret: s.NodeRPC.JWTSecret,
		NodeRate:      s.NodeRPC.Rate,
		CacheMB:       s.Cache,
		ListenAddr:    hostPort(s.Addr, s.Port),
		NodeKey:       s.NodeKey,
		MaxClients:    s.MaxClients,

		HandshakePercent: s.Handshakes,
		Measure:          true,
		OnlyAnnounce:     s.OnlyAnnounce,
		Reserve:          s.Capacity.Reserve,
		Free:             s.Capacity.Free,
		Discovery:        s.discovery(),
		Bootnodes:        s.Bootnodes,
		NAT:              s.NAT,
		Versions:         s.LES,
		ChainAddr:        hostPort(s.Chain.Addr, s.Chain.Port),
		AuthAddr:         s.AuthRPC.Addr,
		AuthPort:         s.AuthRPC.Port,
		AuthVHosts:       s.AuthRPC.VHosts,
		JWTSecret:        s.AuthRPC.JWTSecret,
		Sell: node.SellConfig{
			Price: s.Sell.Price, Units: s.Sell.Units, MaxUnits: s.Sell.MaxBid, Fee: s.Sell.Fee, Least: s.Sell.Least,
			ChainID: s.Sell.ChainID, Token: s.Sell.Token, Decimals: s.Sell.Decimals, Currency: s.Sell.Currency,
			Ledger: s.Ledger, Name: s.Sell.Name, Anew: s.Sell.Anew,
		},
		Take: node.TakeConfig{
			Methods: s.Pay.Methods, RPC: s.Pay.RPC, Receiver: s.Pay.Receiver, Keystore: s.Pay.Keystore, Password: s.Pay.Password,
			Confirmations: s.Pay.Confirmations, Stale: s.Pay.Stale, Delay: s.Pay.Delay, CoinPrice: s.Pay.CoinPrice,
			MaxFee: s.Pay.MaxFee, AtStake: s.Pay.AtStake, Factory: s.Pay.Factory, Credit: s.Pay.Credit,
			Lottery: node.LotteryConfig{Contract: s.Pay.Lottery, Revenue: s.Pay.Revenue, Prize: s.Pay.Prize, Ticket: s.Pay.Ticket, Open: s.Pay.Open, OpenAll: s.Pay.OpenAll},
			Offset:  node.OffsetConfig{Own: s.Pay.OwnClient, Partners: s.Pay.Partner, Threshold: s.Pay.Threshold},
		},
	})
	if err != nil {
		return unlessAsked(ctx, err)
	}
	e.say("serving %s", server.Enode())
	return errors.Join(server.Wait(ctx), server.Close())
}

// discovery is on where strangers are expected, unless the user says otherwise.
func (s *serveCmd) discovery() bool {
	if s.Discovery != nil {
		return *s.Discovery
	}
	return s.Network != ""
}
