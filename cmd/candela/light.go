package main

import (
	"context"
	"net"
	"strconv"
	"time"

	"github.com/candela-les/candela/node"
)

type httpFlags struct {
	Addr       string   `help:"JSON-RPC address." default:"127.0.0.1"`
	Port       uint16   `help:"JSON-RPC port, for HTTP and WebSocket; 0 picks one." default:"8545"`
	CORSDomain []string `name:"corsdomain" help:"Origins of web pages that may ask; * for all." placeholder:"ORIGIN"`
	VHosts     []string `name:"vhosts" help:"Host names to answer to; * for any." default:"localhost"`
}

type lightCmd struct {
	Trusted  []string `help:"Servers whose signed heads count, as enode URLs." required:"" placeholder:"ENODE"`
	Fraction int      `help:"Percentage of the trusted servers that must agree on a head." default:"67"`
	Server   []string `help:"Further servers to ask for data." placeholder:"ENODE"`
	Network  string   `help:"Public network: mainnet, sepolia or hoodi." placeholder:"NAME"`
	Genesis  string   `help:"Genesis file of the chain. Without it or --network the chain is taken from the trusted servers." type:"existingfile" placeholder:"FILE"`
	DataDir  string   `name:"datadir" help:"Keep what is worth keeping here, in one file. Without it nothing is kept." placeholder:"DIR"`

	Discovery  bool     `help:"Look for further servers on the discovery network (discv5). Heads are elected by the trusted servers all the same."`
	Bootnodes  []string `help:"Nodes to begin discovery with, as enode URLs or ENRs. Default: those of the public network." placeholder:"NODE"`
	DNS        []string `name:"dns" help:"Look for further servers in these lists of nodes (EIP-1459)." placeholder:"ENRTREE"`
	MaxServers int      `name:"maxservers" help:"Most discovered servers to be connected to at once." default:"5" placeholder:"N"`
	UDP        udpFlags `embed:"" prefix:"udp."`

	Demand string `help:"Buy service from servers that sell it: wallet, dapp or indexer, price=N (most for a unit and hour) and budget=N (for a day), both in base units of the token; requests=N and servers=N. Default: what was demanded last." placeholder:"WORDS"`
	Free   bool   `help:"Buy nothing, whatever was demanded last."`
	Budget string `help:"What may be spent in a day, in base units; the same as budget=N in --demand." placeholder:"N"`
	Token  string `help:"Pay in this token only: CHAINID for the chain's own coin, or CHAINID:ADDRESS. Default: that of the first server that sells, which is kept." placeholder:"TOKEN"`

	Pay   []string `help:"Pay servers by these methods: channel, cheque, lottery, offset. Those that are named first are preferred. Without it only their operators fill accounts. Needs --token with an address, --datadir, and all limits. candela pay shows what is locked and takes it back." placeholder:"METHOD"`
	PayBy struct {
		Keystore      string        `help:"File of go-ethereum's with the key whose tokens are paid with, and whose coins the gas." type:"existingfile" placeholder:"FILE"`
		Password      string        `help:"File whose first line is that key's password." type:"existingfile" placeholder:"FILE"`
		Prepaid       string        `help:"Most that one server may have been paid and not have served for, in base units, as all amounts are here." placeholder:"N"`
		Daily         string        `help:"Most that is promised in a day, in base units." placeholder:"N"`
		Locked        string        `help:"Most that is locked in channels and not promised, in base units." placeholder:"N"`
		Deposit       string        `help:"What is locked at a time, in base units. Default: as --pay.daily, and at most a quarter of --pay.locked." placeholder:"N"`
		Credit        string        `help:"Most that is promised beyond what is locked, in base units. Default: nothing." placeholder:"N"`
		RPC           string        `name:"rpc" help:"Node of the token's chain: a URL or IPC path. Default: this light client itself, if the token is on its chain." placeholder:"URL"`
		Confirmations uint64        `help:"Blocks that have to be above a deposit for it to count." default:"12" placeholder:"N"`
		Stale         time.Duration `help:"Rely for so long on what was seen of the chain." default:"10m" placeholder:"SPAN"`
		MaxFee        uint64        `name:"max-fee" help:"Most that is paid for a gas, in gwei." default:"100" placeholder:"GWEI"`
		Factory       []string      `help:"Addresses that deploy chequebooks, for cheque: those that are trusted with money." placeholder:"ADDRESS"`
		Lottery       []string      `help:"Contracts of lotteries, for lottery: those that are trusted with money." placeholder:"ADDRESS"`
		OwnServer     string        `name:"own-server" help:"Data directory of your own server, for offset: what partners take there is what this light client may take at theirs." placeholder:"DIR"`
		Threshold     string        `help:"Most that is owed to a partner for service, for offset." placeholder:"N"`
		Escrow        string        `help:"Have one open pot for all servers that take that, for lottery, with so much in it that pays nobody and is burned if the pot is overspent. Default: a lock for each server." placeholder:"N"`
		Pot           string        `help:"What the open pot is filled up to at a time. Default: as --pay.locked." placeholder:"N"`
		MostPrize     string        `name:"most-prize" help:"Most that a winning ticket of a lottery may get: servers with larger prizes are not paid by lottery. Default: a quarter of --pay.locked." placeholder:"N"`
		Gas           string        `help:"Coin that the session key is given at a time, for cheque: chequebooks are its own." default:"0.02" placeholder:"AMOUNT"`
	} `embed:"" prefix:"pay."`

	HTTP httpFlags `embed:"" prefix:"http."`
}

type udpFlags struct {
	Addr string `help:"Address for discovery." default:"0.0.0.0"`
	Port uint16 `help:"UDP port for discovery; 0 picks one." default:"0"`
}

// Help is shown by candela light --help.
func (lightCmd) Help() string {
	return `Prints "rpc http://…" on standard output once it can give a proven answer.

Examples:
  candela light --trusted enode://…@10.0.0.1:30403,enode://…@10.0.0.2:30403 --fraction 100
  candela light --trusted enode://…@10.0.0.1:30403 --discovery --network mainnet --maxservers 3
  candela light --trusted enode://…@10.0.0.1:30403 --discovery --bootnodes enode://…@10.0.0.3:30403
  candela light --trusted enode://…@10.0.0.1:30403 --dns enrtree://AM5F…@les.example.org
  candela light --trusted enode://…@10.0.0.1:30403 --datadir ./light --demand "wallet price=2000 budget=20000"
  candela light --trusted enode://…@10.0.0.1:30403 --datadir ./light --demand "wallet price=2000 budget=20000" \
    --network mainnet --token 1:0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48 --pay channel --pay.keystore funds.json --pay.password funds.txt \
    --pay.prepaid 500 --pay.daily 20500 --pay.locked 50000`
}

func (l *lightCmd) Run(ctx context.Context, e *env) error {
	light, err := node.StartLight(ctx, e.Env, node.LightConfig{
		Trusted:  l.Trusted,
		Fraction: l.Fraction,
		Servers:  l.Server,
		Network:  l.Network,
		Genesis:  l.Genesis,
		DataDir:  l.DataDir,

		Discovery:  l.Discovery,
		DNS:        l.DNS,
		Bootnodes:  l.Bootnodes,
		UDPAddr:    hostPort(l.UDP.Addr, l.UDP.Port),
		MaxServers: l.MaxServers,

		Demand: l.Demand,
		Free:   l.Free,
		Budget: l.Budget,
		Token:  l.Token,
		Pay: node.PayConfig{
			Methods: l.Pay, RPC: l.PayBy.RPC, Keystore: l.PayBy.Keystore, Password: l.PayBy.Password,
			Confirmations: l.PayBy.Confirmations, Stale: l.PayBy.Stale, MaxFee: l.PayBy.MaxFee, Prepaid: l.PayBy.Prepaid,
			Daily: l.PayBy.Daily, Locked: l.PayBy.Locked, Deposit: l.PayBy.Deposit, Credit: l.PayBy.Credit, Factories: l.PayBy.Factory,
			Lotteries: l.PayBy.Lottery, MostPrize: l.PayBy.MostPrize, Gas: l.PayBy.Gas,
			OwnServer: l.PayBy.OwnServer, Threshold: l.PayBy.Threshold,
			Escrow: l.PayBy.Escrow, Pot: l.PayBy.Pot,
		},

		HTTPAddr: hostPort(l.HTTP.Addr, l.HTTP.Port),
		CORS:     l.HTTP.CORSDomain,
		VHosts:   l.HTTP.VHosts,
	})
	if err != nil {
		return unlessAsked(ctx, err)
	}
	if err := light.Ready(ctx); err == nil {
		e.say("rpc %s", light.URL())
		<-ctx.Done()
	}
	return light.Close()
}

// hostPort joins an address and a port as net.Listen wants them.
func hostPort(addr string, port uint16) string {
	return net.JoinHostPort(addr, strconv.Itoa(int(port)))
}
