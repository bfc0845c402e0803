# SPDX-License-Identifier: Apache-2.0
# Makes wg-quick-strip.txt, as root: REFERENCE_BIN=DIR python3 strip.py OUTDIR
import os, random, subprocess, sys, tempfile
R=random.Random(5)
OUT=sys.argv[1]+'/'
def esc(s):
    o=''
    for c in s:
        n=ord(c)
        if c=='\\': o+='\\\\'
        elif c=='\n': o+='\\n'
        elif 32<=n<127: o+=c
        else: o+='\\x%02x'%n
    return o
P=tempfile.mkdtemp()+'/wg0.conf'
def cs(s): return s if R.random()<.7 else ''.join(R.choice([c.lower(),c.upper()]) for c in s)
W=[' ','\t','  ','\t ','\r','\v','\f','']
def w(): return R.choice(W) if R.random()<.4 else ''
def line():
    m=R.random()
    if m<.12: return w()+cs('[Interface]')+w()+R.choice(['','','# c',' x','=y'])
    if m<.22: return w()+cs('[Peer]')+w()
    if m<.27: return R.choice(['[ Interface ]','[Foo]','','#','# [Interface]','DNS','PostUp','\\','a\\','=','=[Interface]','\0','a\0b','[Inter\0face]','MTU\0 = 5','\xff\xfe'])
    k=R.choice(['Address','MTU','DNS','Table','PreUp','PostUp','PreDown','PostDown','SaveConfig','PrivateKey','ListenPort','PublicKey','AllowedIPs','Foo','Ad dress','Addres'])
    v=R.choice(['10.0.0.1/24','auto','1.1.1.1, x','echo a # b','x=y','','a\\b','"q"',"'s'",'$x','`y`','*','\xe9'])
    if k=='SaveConfig': v=R.choice(['true','FALSE','True']) if R.random()<.97 else R.choice(['yes','',' no '])
    return w()+cs(k)+w()+R.choice(['=','=','=',' ','#='])+w()+v+w()+R.choice(['','','','# c','#'])
with open(OUT+'wg-quick-strip.txt','w') as f:
    f.write('# Made by: wg-quick strip FILE (wireguard-tools 1.0.20260223, bash 5.2), over files from a seeded generator. Three\n# lines a case: file, standard error, standard output, escaped as in wg-setconf.txt.\n')
    for i in range(300):
        t='\n'.join(line() for _ in range(R.choice([0,1,2,4,8])))+R.choice(['\n','\n',''])
        if i==0: t=''
        open(P,'wb').write(t.encode('latin1')); os.chmod(P,0o600)
        r=subprocess.run([os.environ['REFERENCE_BIN']+'/wg-quick','strip',P],capture_output=True)
        e=r.stderr.decode('latin1')
        if 'ignored null' in e or 'null byte' in e: e=''
        f.write(esc(t)+'\n'+esc(e)+'\n'+esc(r.stdout.decode('latin1'))+'\n')
