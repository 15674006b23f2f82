// Package postgrestest runs PostgreSQL servers for tests: clusters of their own in a temporary
// folder, on a Unix socket, that sync as a real one does and end with the test.
//
// The programs are those of Debian's package postgresql (`make programs`), or of the folder
// that CANDELA_POSTGRES names. Where there are none, tests fail under CI and are skipped elsewhere.
package postgrestest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// patience is how long a server may take to start or stop. It decides only how a failing test ends.
const patience = time.Minute

// Cluster is a server of databases.
type Cluster struct {
	t     testing.TB
	bin   string
	dir   string
	count atomic.Int64 // of schemas

	process *os.Process
	ended   chan struct{}
}

// Start makes a cluster and starts its server, until the test ends.
func Start(t testing.TB) *Cluster {
	t.Helper()
	c := &Cluster{t: t, bin: programs(t)}
	// A socket's path has at most 107 bytes, and the server's user has to be let in.
	dir, err := os.MkdirTemp("", "pg") //nolint:usetesting // t.TempDir is long, and closed to other users
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	c.dir = dir
	if who := servant(t); who != nil {
		if err := os.Chown(dir, int(who.Uid), int(who.Gid)); err != nil {
			t.Fatal(err)
		}
	}
	initdb := c.command(t.Context(), "initdb", "-D", c.data(), "-U", "candela", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
	if out, err := initdb.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	c.Restart()
	t.Cleanup(c.stop)
	return c
}

// programs finds the newest of the server's programs.
func programs(t testing.TB) string {
	t.Helper()
	if dir := os.Getenv("CANDELA_POSTGRES"); dir != "" {
		return dir
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		const missing = "PostgreSQL's server is missing: `make programs` installs it, or CANDELA_POSTGRES names its folder"
		if os.Getenv("CI") == "true" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	version := func(path string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
		return n
	}
	return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) }))
}

// servant is the user that the server runs as, because it refuses to be root.
func servant(t testing.TB) *syscall.Credential {
	if os.Getuid() != 0 {
		return nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		who, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(who.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(who.Gid, 10, 32)
		if err1 == nil && err2 == nil {
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		}
	}
	t.Fatal("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")
	return nil
}

func (c *Cluster) data() string { return filepath.Join(c.dir, "data") }

func (c *Cluster) command(ctx context.Context, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(c.bin, program), args...)
	cmd.Dir = c.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: servant(c.t)}
	return cmd
}

// Restart starts the server, after Kill or for the first time, and waits until it answers. It is
// tried again while what is left of the last one is still in the way. Options are the server's, behind our own.
func (c *Cluster) Restart(options ...string) {
	c.t.Helper()
	for deadline := time.Now().Add(patience); ; {
		log := &bytes.Buffer{}
		c.start(log, options)
		if c.answers(deadline) {
			return
		}
		<-c.ended
		if time.Now().After(deadline) {
			c.t.Fatalf("the server does not start:\n%s", log)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// start runs the server in a goroutine that keeps its thread, because the kernel ends the server when
// the thread that started it is gone: so none outlives a test process that was killed.
func (c *Cluster) start(log *bytes.Buffer, options []string) {
	c.t.Helper()
	args := append([]string{
		"-D", c.data(), "-k", c.dir,
		"-c", "listen_addresses=", "-c", "fsync=on", "-c", "max_connections=60", "-c", "shared_buffers=16MB",
	}, options...)
	cmd := c.command(context.Background(), "postgres", args...) // until Cleanup, which comes behind the test's context
	cmd.Stdout, cmd.Stderr = log, log
	dieWithUs(cmd.SysProcAttr)
	started, ended := make(chan error), make(chan struct{})
	go func() {
		runtime.LockOSThread()
		defer close(ended)
		err := cmd.Start()
		started <- err
		if err == nil {
			cmd.Wait() //nolint:errcheck // it was killed, or says in its log why it ended
		}
	}()
	if err := <-started; err != nil {
		c.t.Fatal(err)
	}
	c.process, c.ended = cmd.Process, ended
}

// answers waits until the server does, or has ended.
func (c *Cluster) answers(deadline time.Time) bool {
	for time.Now().Before(deadline) {
		select {
		case <-c.ended:
			return false
		default:
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		conn, err := pgx.Connect(ctx, c.url("postgres"))
		cancel()
		if err == nil {
			conn.Close(context.Background()) //nolint:errcheck // it has answered
			return true
		}
		time.Sleep(10 * time.Millisecond)
	}
	c.Kill()
	return false
}

// Kill ends the server as a crash of its machine would, except that the disk remembers what it was
// given: the postmaster by SIGKILL, and its children when they notice.
func (c *Cluster) Kill() {
	c.process.Kill() //nolint:errcheck // it may have ended by itself
	<-c.ended
}

// stop ends the server and its sessions.
func (c *Cluster) stop() {
	c.process.Signal(syscall.SIGINT) //nolint:errcheck // it may have ended by itself
	select {
	case <-c.ended:
	case <-time.After(patience):
		c.t.Error("the server does not stop")
		c.Kill()
	}
}

func (c *Cluster) url(database string) string {
	return fmt.Sprintf("host=%s user=candela dbname=%s sslmode=disable", c.dir, database)
}

// Database returns how to connect to a database without tables. It is a schema of a common one,
// because those are made in no time.
func (c *Cluster) Database() string {
	c.t.Helper()
	name := "test" + strconv.FormatInt(c.count.Add(1), 10)
	c.Exec(c.url("postgres"), "CREATE SCHEMA "+name)
	return c.url("postgres") + " search_path=" + name
}

// Exec runs statements in a database that Database has returned.
func (c *Cluster) Exec(database, statements string) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		c.t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.PgConn().Exec(ctx, statements).ReadAll(); err != nil {
		c.t.Fatal(err)
	}
}
