package admin

import (
	"errors"
	"io/fs"
	"maps"
	"syscall"
)

// errCrash is what every step of a fakeDisk fails with after the crash.
var errCrash = errors.New("the process was killed")

// fakeDisk is a directory in memory that knows what a crash would leave of it. Each call
// of one of its methods, or of a file's, is a step; one of them can be made to fail, or to
// be the last one before a crash.
type fakeDisk struct {
	inodes  map[string]*inode // as the process sees it
	durable map[string]*inode // as it is after a crash

	steps   int
	failAt  int   // this step fails with err; 0 for none
	err     error // errCrash: so do all later ones
	partial int   // how much of what is written at the failing step arrives
}

type inode struct {
	data   []byte
	synced int // how much of it outlasts a crash
}

func newFakeDisk(content map[string]string) *fakeDisk {
	d := &fakeDisk{inodes: map[string]*inode{}, durable: map[string]*inode{}}
	for name, data := range content {
		d.inodes[name] = &inode{data: []byte(data), synced: len(data)}
	}
	d.durable = maps.Clone(d.inodes)
	return d
}

func (d *fakeDisk) step() error {
	d.steps++
	if d.failAt != 0 && (d.steps == d.failAt || d.steps > d.failAt && errors.Is(d.err, errCrash)) {
		return d.err
	}
	return nil
}

// reboot returns the disk after a crash of the machine. What was not synced is lost
// or, with lucky, is there after all.
func (d *fakeDisk) reboot(lucky bool) *fakeDisk {
	names, content := d.durable, map[string]string{}
	if lucky {
		names = d.inodes
	}
	for name, node := range names {
		data := node.data
		if !lucky {
			data = data[:node.synced]
		}
		content[name] = string(data)
	}
	return newFakeDisk(content)
}

func (d *fakeDisk) read(name string) ([]byte, error) {
	node, ok := d.inodes[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: syscall.ENOENT}
	}
	return node.data, nil
}

func (d *fakeDisk) create(name string) (diskFile, error) {
	if err := d.step(); err != nil {
		return nil, err
	}
	node := d.inodes[name]
	if node == nil {
		node = new(inode)
		d.inodes[name] = node
	}
	node.data, node.synced = nil, 0
	return &fakeFile{d, node}, nil
}

func (d *fakeDisk) rename(from, to string) error {
	if err := d.step(); err != nil {
		return err
	}
	d.inodes[to] = d.inodes[from]
	delete(d.inodes, from)
	return nil
}

func (d *fakeDisk) remove(name string) error {
	if err := d.step(); err != nil {
		return err
	}
	if d.inodes[name] == nil {
		return fs.ErrNotExist
	}
	delete(d.inodes, name)
	return nil
}

func (d *fakeDisk) sync() error {
	if err := d.step(); err != nil {
		return err
	}
	d.durable = maps.Clone(d.inodes)
	return nil
}

type fakeFile struct {
	disk *fakeDisk
	node *inode
}

func (f *fakeFile) Write(p []byte) (int, error) {
	if err := f.disk.step(); err != nil {
		n := min(f.disk.partial, len(p))
		f.node.data = append(f.node.data, p[:n]...)
		return n, err
	}
	f.node.data = append(f.node.data, p...)
	return len(p), nil
}

func (f *fakeFile) Sync() error {
	if err := f.disk.step(); err != nil {
		return err
	}
	f.node.synced = len(f.node.data)
	return nil
}

func (f *fakeFile) Close() error { return f.disk.step() }
