# SPDX-License-Identifier: Apache-2.0
# A mock UAPI socket m0 and the reference wg against it. Run in a mount namespace of your own with a tmpfs on /run.
import os, socket, subprocess, threading, sys, tempfile
WG=os.environ['REFERENCE_BIN']+'/wg'
FILE=tempfile.mkdtemp()+'/f.conf'
os.makedirs('/var/run/wireguard',exist_ok=True)
P='/var/run/wireguard/m0.sock'
srv=socket.socket(socket.AF_UNIX); srv.bind(P); srv.listen(16)
sent=[]; state=['']
def serve():
    while True:
        c,_=srv.accept()
        buf=b''
        c.settimeout(5)
        try:
            while not buf.endswith(b'\n\n'):
                d=c.recv(65536)
                if not d: break
                buf+=d
        except Exception: pass
        if buf.startswith(b'get=1'):
            c.sendall((state[0]+'errno=0\n\n').encode())
        elif buf.startswith(b'set=1'):
            sent.append(buf.decode('latin1')); c.sendall(b'errno=0\n\n')
        c.close()
threading.Thread(target=serve,daemon=True).start()
def wg(*args, inp=None):
    sent.clear()
    env=dict(os.environ, WG_ENDPOINT_RESOLUTION_RETRIES='0')
    r=subprocess.run([WG]+[a if isinstance(a,bytes) else a.encode('latin1') for a in args],input=inp,capture_output=True,env=env)
    return r.returncode, r.stdout.decode('latin1'), r.stderr.decode('latin1'), ''.join(sent)
def conf(cmd, text):
    with open(FILE,'wb') as f: f.write(text if isinstance(text,bytes) else text.encode('latin1'))
    return wg(cmd,'m0',FILE)
